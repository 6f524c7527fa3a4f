/** Trained networks on disk: one safetensors file with everything needed to build and use the network. */
import { z } from 'zod';
import { CellsmithError } from '../base/errors.ts';
import { decodeSafetensors, encodeSafetensors } from '../base/safetensors.ts';
import type { HostTensor } from '../compute/program.ts';
import type { Network } from '../models/network.ts';
import type { PixelStatistics } from '../models/skeleton.ts';
import { buildNetwork } from '../models/network.ts';
import type { RunFiles } from '../runs/files.ts';
import { Genotype } from '../searchSpace/genotype.ts';
import type { Skeleton } from '../searchSpace/space.ts';

const Facts = z.strictObject({
  genotype: Genotype,
  skeleton: z.strictObject({
    cells: z.int(),
    channels: z.int(),
    classes: z.int(),
    imageSize: z.int(),
    imageChannels: z.int(),
  }),
  pixels: z.strictObject({ mean: z.array(z.number()), std: z.array(z.number()) }),
});

export interface TrainedNetwork {
  readonly genotype: Genotype;
  readonly skeleton: Skeleton;
  readonly pixels: PixelStatistics;
  /** Without auxiliary head and drop path. */
  readonly network: Network;
  readonly weights: Record<string, HostTensor>;
  readonly statistics: Record<string, HostTensor>;
}

/** Writes weights and stored statistics; those of an auxiliary head are left out. */
export async function writeNetwork(
  files: RunFiles,
  path: string,
  trained: Pick<TrainedNetwork, 'genotype' | 'skeleton' | 'pixels' | 'weights' | 'statistics'>,
): Promise<void> {
  const { genotype, skeleton, pixels } = trained;
  const tensors = Object.fromEntries(
    Object.entries({ ...trained.weights, ...trained.statistics }).filter(
      ([name]) => !name.startsWith('auxiliary.'),
    ),
  );
  await files.write(
    path,
    encodeSafetensors(tensors, { network: JSON.stringify({ genotype, skeleton, pixels }) }),
  );
}

/** @throws CellsmithError `network-damaged` naming what is missing, be it the file */
export async function readNetwork(files: RunFiles, path: string): Promise<TrainedNetwork> {
  const damaged = (what: string): CellsmithError =>
    new CellsmithError(
      'network-damaged',
      `${files.root}/${path} ${what}.`,
      'Train the network again; that writes it anew.',
    );
  if (!(await files.exists(path))) throw damaged('is gone');
  const { tensors, metadata } = decoded(await files.readBytes(path), path, damaged);
  let raw: unknown;
  try {
    raw = JSON.parse(metadata.network ?? '');
  } catch {
    throw damaged('does not say which network it holds');
  }
  const facts = Facts.safeParse(raw);
  if (!facts.success) throw damaged('does not describe a network');
  const { genotype, skeleton, pixels } = facts.data;
  const network = buildNetwork({ genotype, skeleton, pixels, auxiliary: false, dropPath: false });
  const take = (names: readonly string[]): Record<string, HostTensor> =>
    Object.fromEntries(
      names.map((name) => {
        const tensor = tensors[name];
        if (tensor === undefined) throw damaged(`lacks the tensor '${name}'`);
        return [name, tensor as HostTensor];
      }),
    );
  return {
    genotype,
    skeleton,
    pixels,
    network,
    weights: take(network.parts.weights.map(({ name }) => name)),
    statistics: take(network.parts.statistics.flatMap(({ name }) => [`${name}.mean`, `${name}.variance`])),
  };
}

function decoded(
  bytes: Uint8Array,
  path: string,
  damaged: (what: string) => CellsmithError,
): ReturnType<typeof decodeSafetensors> {
  try {
    return decodeSafetensors(bytes, path);
  } catch (error) {
    // That names the file, and ends as a sentence does.
    if (error instanceof CellsmithError)
      throw damaged(error.message.replace(`${path} `, '').replace(/\.$/, ''));
    throw error;
  }
}
