/** Sets up native libraries for the library, in a utility process; what was made is tried in another. */
import { realWorks, serveSetup } from '../../headless/services/setup/setupService.ts';
import { connectToParent, endOnUnhandled } from './parent.ts';

endOnUnhandled();
const { port, tryOut } = connectToParent(process.parentPort, process.argv);
await serveSetup(port, realWorks(tryOut));
process.exit(0);
