/** Serves `setupApi`: one piece of work at a time; what is under way when nobody listens any more is stopped, and cleaned up. */
import type { Port } from '../../../core/protocol/port.ts';
import type { CallContext, Progress } from '../../../core/protocol/rpc.ts';
import { serve } from '../../../core/protocol/rpc.ts';
import { cudaWork } from './cudaWork.ts';
import { setupApi } from './setupApi.ts';
import type { SetupWorks, TryOut, Watch } from './setupWork.ts';
import { tensorflowWork } from './tensorflowWork.ts';

/** @param tryOut where left out, in a child of Node */
export const realWorks = (tryOut?: TryOut): SetupWorks => ({
  'onnx-cuda': cudaWork(tryOut),
  tensorflow: tensorflowWork(tryOut),
});

/** Serves the library until the port closes and the work is left. */
export async function serveSetup(port: Port, works: SetupWorks = realWorks()): Promise<void> {
  let tail: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = tail.then(work);
    tail = turn.catch(() => undefined);
    return turn;
  };
  const server = serve(port, setupApi, {
    setups: () => Promise.all(Object.values(works).map((work) => work.state())),
    setUp: (params, context) =>
      inTurn(async () => {
        const work = works[params.id];
        await work.setUp(params, { signal: context.signal, onProgress: steady(context) });
        return work.state();
      }),
    removeSetup: ({ id }) => inTurn(async () => ({ removed: await works[id].remove() })),
    rest: () => tail.then(() => undefined),
  });
  await server.closed;
  await tail;
}

/** Progress is told ten times a second at most; what else is done, and the end of it, at once. */
const PROGRESS_MS = 100;

function steady({ progress }: CallContext): Watch['onProgress'] {
  let last: (Progress & { readonly at: number }) | undefined;
  return (what, done, total) => {
    const at = performance.now();
    if (last?.what === what && done !== total && at - last.at < PROGRESS_MS) return;
    // Megabytes come in many pieces.
    if (last?.what === what && last.done === done && last.total === total) return;
    last = { what, done, total, at };
    progress({ what, done, total });
  };
}
