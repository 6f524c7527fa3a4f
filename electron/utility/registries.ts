/** Holds the registries for the library, in a utility process. */
import { serveRegistries } from '../../headless/services/registries/registriesService.ts';
import { connectToParent, endOnUnhandled } from './parent.ts';

endOnUnhandled();
const { port, home } = connectToParent(process.parentPort, process.argv);
await serveRegistries(port, home);
process.exit(0);
