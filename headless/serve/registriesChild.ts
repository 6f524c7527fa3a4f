/** The process that holds the registries for the library. */
import { serveRegistries } from '../services/registries/registriesService.ts';
import { portToParent } from './childPort.ts';

await serveRegistries(portToParent());
process.exit(0);
