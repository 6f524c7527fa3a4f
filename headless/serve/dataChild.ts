/** The process that reads data sets for the library. */
import { serveData } from '../services/data/dataService.ts';
import { portToParent } from './childPort.ts';

await serveData(portToParent());
process.exit(0);
