/** Holds the registries for the library, in a utility process. */
import { serveRegistries } from '../../headless/services/registries/registriesService.ts';
import { connectToParent, endOnUnhandled } from './parent.ts';

endOnUnhandled();
const { port } = connectToParent(process.parentPort, process.argv);
await serveRegistries(port);
process.exit(0);
