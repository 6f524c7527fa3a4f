/** The process that holds the registries for the library. */
import { serveRegistries } from '../services/registries/registriesService.ts';
import { portToParent } from './childPort.ts';

const [home] = process.argv.slice(2);
await serveRegistries(portToParent(), home);
process.exit(0);
