/** Entry of the desktop program. */
import { startProgram } from './program.ts';

startProgram(process.argv, import.meta.dirname);
