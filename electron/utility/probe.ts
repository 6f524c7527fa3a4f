/** The throw-away utility process that tries one executor: a driver that crashes takes only this process along. */
import { z } from 'zod';
import { passesHere, probeInThisProcess } from '../../headless/host/executors.ts';
import { connectToParent, endOnUnhandled } from './parent.ts';

endOnUnhandled();
const { port } = connectToParent(process.parentPort, process.argv);
const Asked = z.union([z.string(), z.object({ executor: z.string(), measured: z.literal(true) })]);
port.listen((message) => {
  const asked = Asked.safeParse(message);
  if (asked.success) void answer(asked.data);
});

/** Whoever asked ends the process once the last answer has come. */
async function answer(asked: z.infer<typeof Asked>): Promise<void> {
  const id = typeof asked === 'string' ? asked : asked.executor;
  const found = await probeInThisProcess(id);
  port.post(found);
  if (typeof asked === 'string' || !found.available) return;
  for await (const passes of passesHere(id)) port.post({ ...found, ...passes });
}
