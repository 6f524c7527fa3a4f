/** The process that sets up native libraries for the library. */
import { serveSetup } from '../services/setup/setupService.ts';
import { portToParent } from './childPort.ts';

await serveSetup(portToParent());
process.exit(0);
