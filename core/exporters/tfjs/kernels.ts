/** Recorded TensorFlow.js kernels as nodes of a TensorFlow graph whose batch may have any size. */
import { hostTensor } from '../../compute/program.ts';
import type { Attribute, GraphBuilder, Ref } from './graph.ts';
import { INT, TEXT } from './graph.ts';
import type { WindowAttributes } from './window.ts';
import { convolution, pool } from './window.ts';

/** A value of the network. */
export interface Value {
  readonly ref: Ref;
  /** As recorded. */
  readonly shape: readonly number[];
  /** Whether it depends on the images; its first axis then is the batch. */
  readonly perImage: boolean;
}

/** One recorded kernel call. */
export interface Call {
  readonly kernel: string;
  readonly inputs: Readonly<Record<string, Value>> | readonly Value[];
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Of the result, as recorded. */
  readonly shape: readonly number[];
}

type Shape4 = [number, number, number, number];
