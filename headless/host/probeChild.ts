/** The throw-away process of `probe.ts`: probes one executor, sends the answer, measures if asked, ends. */
import { probeInThisProcess } from './executors.ts';
import { measuredHere } from './measuredHere.ts';
import { MEASURED } from './probe.ts';

const [, , id, wish] = process.argv;
const answer = await probeInThisProcess(id);
const send = (message: unknown): Promise<void> =>
  new Promise((done) => process.send?.(message, undefined, undefined, () => done()));
await send(answer);
// What is known was sent: measuring may take too long.
if (answer.available && wish === MEASURED)
  for await (const passes of measuredHere(id)) await send({ ...answer, ...passes });
// Native libraries may keep threads alive: nothing else is waited for.
process.exit(0);
