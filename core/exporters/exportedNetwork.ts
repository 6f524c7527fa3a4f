/** The network behind an export, with its tensors checked against what the genotype declares. */
import { CellsmithError } from '../base/errors.ts';
import type { HostTensor } from '../compute/program.ts';
import { sizeOf } from '../compute/program.ts';
import type { Network } from '../models/network.ts';
import { buildNetwork } from '../models/network.ts';
import type { ExportInput } from './exporter.ts';

export interface ExportedNetwork {
  /** Without auxiliary head and drop path. */
  readonly network: Network;
  /** Weights, then statistics, in order of declaration. */
  readonly tensors: Readonly<Record<string, HostTensor>>;
}

/** @throws CellsmithError `export-weights`, `export-classes` */
export function exportedNetwork(input: ExportInput): ExportedNetwork {
  const { genotype, skeleton, pixels } = input;
  if (input.classes.length !== skeleton.classes) {
    throw new CellsmithError(
      'export-classes',
      `The network tells ${skeleton.classes} classes apart, but ${input.classes.length} names are given.`,
      'Use the data set that the network was trained on.',
    );
  }
  const network = buildNetwork({ genotype, skeleton, pixels, auxiliary: false, dropPath: false });
  const { weights, statistics } = network.parts;
  const declared = [
    ...weights.map(({ name, shape }) => take(input.weights, name, shape)),
    ...statistics.flatMap(({ name, channels }) =>
      ['mean', 'variance'].map((s) => take(input.statistics, `${name}.${s}`, [channels])),
    ),
  ];
  return { network, tensors: Object.fromEntries(declared) };
}

/** Number of trained values: weights without statistics. */
export function countParameters({ network }: ExportedNetwork): number {
  return network.parts.weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}

function take(tensors: ExportInput['weights'], name: string, shape: readonly number[]): [string, HostTensor] {
  const tensor = tensors[name];
  const wrong =
    tensor === undefined
      ? 'is missing'
      : tensor.shape.join() !== shape.join()
        ? `has shape [${tensor.shape.join(', ')}] instead of [${shape.join(', ')}]`
        : undefined;
  if (wrong !== undefined) {
    throw new CellsmithError(
      'export-weights',
      `The network cannot be exported: its tensor '${name}' ${wrong}.`,
      'The weights belong to another genotype or network size. Retrain the network, then export it again.',
    );
  }
  return [name, tensor];
}
