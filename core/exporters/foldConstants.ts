/** Kernels on numbers known at export: what batch normalisation by stored statistics computes of them. */
import type { HostTensor } from '../compute/program.ts';
import { hostTensor, sizeOf } from '../compute/program.ts';

const BINARY: Readonly<Record<string, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Multiply: (a, b) => a * b,
  RealDiv: (a, b) => a / b,
};

const UNARY: Readonly<Record<string, (x: number) => number>> = {
  Sqrt: Math.sqrt,
  Rsqrt: (x) => 1 / Math.sqrt(x),
  Square: (x) => x * x,
  Neg: (x) => -x,
};

/** A tensor, a number that fills one, or undefined where it is not known. */
export type Known = HostTensor | number | undefined;

/** The result of a call in float32, where its operands are known, the kernel is one of these and sizes are simple. */
export function foldCall(
  kernel: string,
  values: readonly Known[],
  shape: readonly number[],
): HostTensor | undefined {
  const size = sizeOf(shape);
  const read = values.map((value) => reader(value, size));
  const [a, b] = read;
  const compute = (at: (i: number) => number): HostTensor =>
    hostTensor(
      shape,
      Float32Array.from({ length: size }, (_, i) => at(i)),
    );
  if (a === undefined) return undefined;
  if (kernel in UNARY && read.length === 1) return compute((i) => UNARY[kernel](a(i)));
  if (!(kernel in BINARY) || b === undefined) return undefined;
  return compute((i) => BINARY[kernel](a(i), b(i)));
}

function reader(value: Known, size: number): ((index: number) => number) | undefined {
  if (typeof value === 'number') return () => value;
  if (value === undefined || value.dtype !== 'float32') return undefined;
  const { data } = value;
  if (data.length === 1) return () => data[0];
  return data.length === size ? (i) => data[i] : undefined;
}

/**
 * A name for what was computed from constants, such as `stem.norm.scale` = γ/√(variance + ε) and
 * `stem.norm.shift` = β − mean · scale.
 */
export function foldedName(
  kernel: string,
  from: readonly string[],
  isTaken: (name: string) => boolean,
): string {
  const gamma = from.find((name) => name.endsWith('.gamma'));
  const beta = from.find((name) => name.endsWith('.beta'));
  const wanted =
    gamma !== undefined && kernel === 'Multiply'
      ? gamma.replace(/gamma$/, 'scale')
      : beta !== undefined && kernel === 'Sub'
        ? beta.replace(/beta$/, 'shift')
        : `${from[0]}.${kernel.toLowerCase()}`;
  let name = wanted;
  for (let i = 2; isTaken(name); i++) name = `${wanted}.${i}`;
  return name;
}
