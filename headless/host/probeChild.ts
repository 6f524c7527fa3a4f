/** The throw-away process of `probe.ts`: probes one executor, sends the answer, ends. */
import { probeInThisProcess } from './executors.ts';

const answer = await probeInThisProcess(process.argv[2]);
// Native libraries may keep threads alive: the answer is sent, nothing else is waited for.
process.send?.(answer, undefined, undefined, () => process.exit(0));
