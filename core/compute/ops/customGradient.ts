/** `tf.customGrad` with types: a function whose gradient is written by hand. */
import { tf } from '../tf.ts';

type Save = (tensors: tf.Tensor[]) => void;

interface Forward<Value extends tf.Tensor> {
  readonly value: Value;
  /** One gradient per input. @param saved what the forward pass saved */
  gradient(dy: tf.Tensor, saved: readonly tf.Tensor[]): readonly tf.Tensor[];
}

/** Whatever the forward pass computes inside is not differentiated; `gradient` says what comes out. */
export function withGradient<Inputs extends readonly tf.Tensor[], Value extends tf.Tensor>(
  inputs: Inputs,
  forward: (inputs: Inputs, save: Save) => Forward<Value>,
): Value {
  const op = tf.customGrad((...args) => {
    // TensorFlow.js hands over the inputs and, last, the function that saves.
    const [given, [save]] = [args.slice(0, inputs.length), args.slice(inputs.length)] as unknown as [
      Inputs,
      [Save],
    ];
    const { value, gradient } = forward(given, save);
    return {
      value,
      gradFunc: (dy, saved) => [...gradient(dy as tf.Tensor, saved)],
    };
  });
  return op(...inputs) as Value;
}
