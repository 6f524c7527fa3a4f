/** What an experiment that did not fit into memory can do with less: its own settings with others in their place. */
import type { Phase } from './events.ts';
import type { RunConfig } from './runConfig.ts';
import { DEFAULT_EXECUTOR } from './runConfig.ts';

export interface Change {
  readonly path: readonly string[];
  readonly from: number | string;
  readonly to: number | string;
}

export interface MemoryOffer {
  readonly kind: 'batch' | 'partialChannels' | 'channels' | 'cells' | 'executor';
  /** The one that saves memory first; those that it needs after it. */
  readonly changes: readonly [Change, ...Change[]];
}

/** As a probe found it. */
export interface WorkingExecutor {
  readonly id: string;
  readonly onCard?: boolean | undefined;
}

/** Fewer images than that, and batch normalisation has nothing to average. */
const SMALLEST_BATCH = 2;
const FEWEST_CHANNELS = 2;
/** With fewer, all cells are reduction cells. */
const FEWEST_CELLS = 3;
/** As in Xu et al. 2020 (PC-DARTS). */
const PARTIAL = 4;
/** What can compute on a graphics card, and so in other memory than the rest; `tensorflow` may have none. */
export const ON_CARDS: readonly string[] = [
  'onnx-cuda',
  'onnx-webgpu',
  'onnx-directml',
  'onnx-coreml',
  'tensorflow',
];

/** How it is told that the heap of JavaScript was full; a journal keeps the words alone. */
export const FULL_HEAP = 'the heap of JavaScript was full';

/** The heap holds the programs while they are made: they are as large for a single image. */
export function helpsHeap({ kind }: MemoryOffer): boolean {
  return kind === 'cells';
}

/**
 * Best first. A batch of half the size goes with half the learning rate (Goyal et al. 2017, the linear scaling rule),
 * where the optimiser is SGD.
 * @param phase that did not fit; undefined where none had begun
 * @param working executors that work on this machine
 */
export function memoryOffers(
  config: RunConfig,
  phase: Phase | undefined,
  working: readonly WorkingExecutor[],
): readonly MemoryOffer[] {
  const own = phase === undefined ? [] : phase === 'search' ? ofSearch(config) : ofNetwork(config, phase);
  return [...own, ...otherExecutors(config.executor, working)];
}

function ofSearch({ search }: RunConfig): readonly MemoryOffer[] {
  const { strategy, batchSize, channels, partialChannels, cells } = search;
  const { learningRate, learningRateMin } = strategy.config;
  // A strategy without weights to learn has no supernet.
  if (typeof learningRate !== 'number') return [];
  const at = (name: string): readonly string[] => ['search', 'strategy', 'config', name];
  const rates = [
    [at('learningRate'), learningRate],
    ...(typeof learningRateMin === 'number' && learningRateMin > 0
      ? [[at('learningRateMin'), learningRateMin] as const]
      : []),
  ] as readonly (readonly [readonly string[], number])[];
  return [
    ...halvedBatch(['search', 'batchSize'], batchSize, rates),
    ...partial(partialChannels, channels),
    ...halvedChannels(['search', 'channels'], channels, partialChannels),
    ...halvedCells(['search', 'cells'], cells),
  ];
}

function ofNetwork({ network, retrain }: RunConfig, phase: Phase): readonly MemoryOffer[] {
  const trains = phase === 'retrain' || phase === 'baseline';
  return [
    ...(trains
      ? halvedBatch(['retrain', 'batchSize'], retrain.batchSize, [
          [['retrain', 'learningRate'], retrain.learningRate],
        ])
      : []),
    ...halvedChannels(['network', 'channels'], network.channels),
    ...halvedCells(['network', 'cells'], network.cells),
  ];
}

function halvedBatch(
  path: readonly string[],
  from: number,
  rates: readonly (readonly [path: readonly string[], rate: number])[],
): readonly MemoryOffer[] {
  const to = Math.floor(from / 2);
  if (to < SMALLEST_BATCH) return [];
  const scaled = rates.map(([at, rate]): Change => ({
    path: at,
    from: rate,
    to: rounded((rate * to) / from),
  }));
  return [{ kind: 'batch', changes: [{ path, from, to }, ...scaled] }];
}

/** Channels are even, and can be divided by K. */
function halvedChannels(path: readonly string[], from: number, k = 1): readonly MemoryOffer[] {
  const unit = k % 2 === 0 ? k : 2 * k;
  const to = unit * Math.floor(from / 2 / unit);
  return to < FEWEST_CHANNELS ? [] : [{ kind: 'channels', changes: [{ path, from, to }] }];
}

function halvedCells(path: readonly string[], from: number): readonly MemoryOffer[] {
  const to = Math.max(FEWEST_CELLS, Math.floor(from / 2));
  return to >= from ? [] : [{ kind: 'cells', changes: [{ path, from, to }] }];
}

/** A quarter of the channels has to be a whole number of them. */
function partial(from: number, channels: number): readonly MemoryOffer[] {
  if (from >= PARTIAL || channels % PARTIAL !== 0) return [];
  return [{ kind: 'partialChannels', changes: [{ path: ['search', 'partialChannels'], from, to: PARTIAL }] }];
}

/** Those that compute in other memory: on a card in place of the processor, or the other way round. */
function otherExecutors(from: string, working: readonly WorkingExecutor[]): readonly MemoryOffer[] {
  const isOnCard = working.find(({ id }) => id === from)?.onCard ?? ON_CARDS.includes(from);
  return working
    .filter(({ id, onCard = false }) => (isOnCard ? id === DEFAULT_EXECUTOR : onCard && id !== from))
    .map(({ id: to }) => ({ kind: 'executor', changes: [{ path: ['executor'], from, to }] }));
}

function rounded(rate: number): number {
  return Number(rate.toPrecision(6));
}

/** The configuration with an offer taken. */
export function withOffer(config: RunConfig, { changes }: MemoryOffer): Record<string, unknown> {
  return changes.reduce<Record<string, unknown>>(
    (tree, { path, to }) => replaced(tree, path, to),
    config as Record<string, unknown>,
  );
}

function replaced(
  tree: Record<string, unknown>,
  path: readonly string[],
  value: unknown,
): Record<string, unknown> {
  const [first, ...rest] = path;
  const below = (tree[first] ?? {}) as Record<string, unknown>;
  return { ...tree, [first]: rest.length === 0 ? value : replaced(below, rest, value) };
}

/** '32 images a batch in place of 64 (with the learning rate 0.0125 in place of 0.025)'. */
export function offerInWords({ kind, changes: [first, ...needed] }: MemoryOffer): string {
  switch (kind) {
    case 'batch': {
      const [rate, last] = needed;
      const falling = last === undefined ? '' : `, falling to ${last.to} in place of ${last.from}`;
      const scaled =
        rate === undefined ? '' : ` (with the learning rate ${rate.to} in place of ${rate.from}${falling})`;
      return `${first.to} images a batch in place of ${first.from}${scaled}`;
    }
    case 'partialChannels':
      return `partial channels K = ${first.to} in place of ${first.from}`;
    case 'channels':
      return `${first.to} channels in place of ${first.from}`;
    case 'cells':
      return `${first.to} cells in place of ${first.from}`;
    case 'executor':
      return `the executor ${first.to} in place of ${first.from}`;
  }
}

/**
 * The remedy of an `out-of-memory`, for people anywhere. `isSaved`: there is a run that can be resumed; `isHeap`: it was
 * the heap of JavaScript that was full.
 */
export function offersInWords(
  config: RunConfig,
  phase: Phase | undefined,
  { isSaved, isHeap = false }: { readonly isSaved: boolean; readonly isHeap?: boolean },
): string {
  const again = isSaved
    ? 'What was done up to the last checkpoint is saved: where other programs took the memory, close them and resume.'
    : 'Where other programs have the memory, close them and try again.';
  return `${lessInWords(config, phase, isHeap)} ${again}`;
}

/** A sentence. */
export function lessInWords(config: RunConfig, phase: Phase | undefined, isHeap = false): string {
  if (phase === undefined) return 'Use fewer images or smaller ones.';
  // Which other executors work here is for the host to say.
  const all = memoryOffers(config, phase, []);
  const offers = isHeap ? all.filter(helpsHeap) : all;
  if (offers.length === 0) return `Try another executor than ${config.executor}.`;
  return `A new experiment takes less with ${offers.map(offerInWords).join(', or with ')}.`;
}
