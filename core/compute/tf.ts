/** The one import of TensorFlow.js. The union package registers all gradients; tfjs-core alone has none. */
import * as tf from '@tensorflow/tfjs';

// Otherwise its backends advertise other packages on the terminal.
tf.enableProdMode();

export { tf };
export type Tensor = tf.Tensor;
