/** Trace rules of convolutions and pools, and of their gradients. */
import { tf } from '../tf.ts';
import type { KernelCall, TraceRule } from './kernelCall.ts';
import { recorded } from './kernelCall.ts';
import type { Shape4 } from '../windows.ts';
import { convolutionWindow, poolWindow } from '../windows.ts';

/** Only what decides the result, so that equal calls are found. */
function tidied(call: KernelCall, more: readonly string[] = []): KernelCall {
  const { dataFormat } = call.attributes;
  if (dataFormat !== undefined && dataFormat !== 'NHWC')
    throw new Error(`${call.kernel}: ${String(dataFormat)} is not traced`);
  const names = ['strides', 'pad', 'dilations', 'filterSize', ...more];
  const attributes = Object.fromEntries(
    names.flatMap((name) => (call.attributes[name] === undefined ? [] : [[name, call.attributes[name]]])),
  );
  return { ...call, attributes };
}

const shape4 = (shape: readonly number[]): Shape4 => shape as Shape4;

function convolution(depthwise: boolean): TraceRule {
  return (call) => {
    const { x, filter } = call.inputs;
    const info = convolutionWindow(shape4(x.shape), shape4(filter.shape), call.attributes, depthwise);
    return recorded(tidied(call), info.outShape);
  };
}

const pool: TraceRule = (call) => {
  const info = poolWindow(shape4(call.inputs.x.shape), call.attributes);
  return recorded(tidied(call), info.outShape);
};

const toInput: TraceRule = (call) =>
  recorded(tidied(call, ['inputShape']), call.attributes.inputShape as number[]);
const toFilter: TraceRule = (call) =>
  recorded(tidied(call, ['filterShape']), call.attributes.filterShape as number[]);

export const windowRules: Readonly<Record<string, TraceRule>> = {
  [tf.Conv2D]: convolution(false),
  [tf.DepthwiseConv2dNative]: convolution(true),
  [tf.Conv2DBackpropInput]: toInput,
  [tf.Conv2DBackpropFilter]: toFilter,
  [tf.DepthwiseConv2dNativeBackpropInput]: toInput,
  [tf.DepthwiseConv2dNativeBackpropFilter]: toFilter,
  [tf.MaxPool]: pool,
  [tf.AvgPool]: pool,
  // The forward result is left out: it follows from the input.
  [tf.MaxPoolGrad]: (call) => {
    const { dy, input } = call.inputs;
    return recorded({ ...tidied(call), inputs: { dy, input } }, input.shape);
  },
  [tf.AvgPoolGrad]: (call) => {
    const { dy, input } = call.inputs;
    // Only the shape of the input matters.
    return recorded(
      {
        ...tidied({ ...call, attributes: { ...call.attributes, inputShape: input.shape } }, ['inputShape']),
        inputs: { dy },
      },
      input.shape,
    );
  },
};
