/** One run, or one forecast, in a utility process. */
import { serveEngine } from '../../headless/services/engine/engineService.ts';
import { connectToParent, endOnUnhandled } from './parent.ts';

endOnUnhandled();
const { port, probe } = connectToParent(process.parentPort, process.argv);
await serveEngine(port, { probe });
// Native libraries may keep threads alive.
process.exit(0);
