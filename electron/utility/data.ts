/** Reads data sets for the library, in a utility process. */
import { serveData } from '../../headless/services/data/dataService.ts';
import { connectToParent, endOnUnhandled } from './parent.ts';

endOnUnhandled();
const { port } = connectToParent(process.parentPort, process.argv);
await serveData(port);
process.exit(0);
