/** The process of one run or one forecast. */
import { serveEngine } from '../services/engine/engineService.ts';
import { portToParent } from './childPort.ts';

process.on('unhandledRejection', (error) => {
  console.error(error);
  process.exit(1);
});
await serveEngine(portToParent());
process.exit(0);
