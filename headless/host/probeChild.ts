/** The throw-away process of `probe.ts`: probes one executor, sends the answer, measures if asked, ends. */
import { probeInThisProcess, standardPassHere } from './executors.ts';
import { MEASURED } from './probe.ts';

const [, , id, wish] = process.argv;
const answer = await probeInThisProcess(id);
const send = (message: unknown, then: () => void): void => {
  process.send?.(message, undefined, undefined, then);
};
// Native libraries may keep threads alive: the answer is sent, nothing else is waited for.
const end = (): void => process.exit(0);
if (!answer.available || wish !== MEASURED) send(answer, end);
else {
  // First what is known: measuring may take too long.
  send(answer, () => undefined);
  send({ ...answer, standardPassMs: await standardPassHere(id) }, end);
}
