/** max(0, x), with a gradient that needs the result only, so that nobody has to keep x. */
import { tf } from '../tf.ts';
import { withGradient } from './customGradient.ts';

export function relu<T extends tf.Tensor>(x: T): T {
  return withGradient([x] as const, ([values], save) => {
    const value = tf.relu(values) as T;
    save([value]);
    return { value, gradient: (dy, [kept]) => [tf.mul(dy, tf.sign(kept))] };
  });
}
