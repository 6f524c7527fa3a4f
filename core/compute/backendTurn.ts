/** TensorFlow.js has one current backend for the whole process: whoever needs one takes turns. */
import { tf } from './tf.ts';

let tail: Promise<unknown> = Promise.resolve();

/** Runs `work` with `backend` as the current one, when those that asked before are done. */
export function withBackend<T>(backend: string, work: () => T | Promise<T>): Promise<T> {
  const turn = tail.then(async () => {
    const before = tf.engine().backendName;
    if (before !== backend && !(await tf.setBackend(backend)))
      throw new Error(`TensorFlow.js cannot use its backend '${backend}'`);
    try {
      return await work();
    } finally {
      if (before && before !== backend) await tf.setBackend(before);
    }
  });
  tail = turn.catch(() => undefined);
  return turn;
}
