/** The throw-away utility process that tries one executor: a driver that crashes takes only this process along. */
import { z } from 'zod';
import { probeInThisProcess } from '../../headless/host/executors.ts';
import { measuredHere } from '../../headless/host/measuredHere.ts';
import { connectToParent, endOnUnhandled } from './parent.ts';

endOnUnhandled();
const { port } = connectToParent(process.parentPort, process.argv);
const Asked = z.object({
  executor: z.string(),
  measured: z.literal(true).optional(),
  /** Where a set-up lies that is tried before it takes its place. */
  environment: z.partialRecord(z.enum(['CELLSMITH_CUDA', 'CELLSMITH_TENSORFLOW']), z.string()).optional(),
});
port.listen((message) => {
  const asked = Asked.safeParse(message);
  if (asked.success) void answer(asked.data);
});

/** Whoever asked ends the process once the last answer has come. */
async function answer({ executor: id, measured, environment }: z.infer<typeof Asked>): Promise<void> {
  Object.assign(process.env, environment);
  const found = await probeInThisProcess(id);
  port.post(found);
  if (measured === undefined || !found.available) return;
  for await (const passes of measuredHere(id)) port.post({ ...found, ...passes });
}
