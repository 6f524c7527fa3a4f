/**
 * All edges that leave one state of a cell. They read the same value, so each candidate operation is computed for all of
 * them at once: one product whose filters are those of the edges, joined.
 */
import type { Images } from '../../compute/ops/depthwisePlanes.ts';
import { depthwisePlanes } from '../../compute/ops/depthwisePlanes.ts';
import { normalisedPointwise, normalisedRows, weightedSums } from '../../compute/ops/pointwisePlanes.ts';
import { relu } from '../../compute/ops/relu.ts';
import { tf } from '../../compute/tf.ts';
import type { PrimitiveId } from '../../searchSpace/genotype.ts';
import type { Forward, Layer } from '../forward.ts';
import { columnByColumn, columnsOf } from './edgeWeights.ts';
import type { Planes } from './planes.ts';
import { avgPooled, everyOther, imagesOf, maxPooled, planesOf } from './planes.ts';

/** A state that edges leave. */
export interface Source {
  readonly state: Planes;
  /** ReLU of it, which most candidates begin with. */
  readonly active: Planes;
}

/** One candidate on one edge: where its weights are, and itself as a layer. */
export interface EdgeCandidate {
  readonly name: string;
  readonly layer: Layer;
}

interface Convolution {
  readonly kernel: number;
  readonly dilation: number;
  /** Whether depthwise, pointwise and normalisation come twice. */
  readonly twice: boolean;
}

const CONVOLUTIONS: Partial<Record<PrimitiveId, Convolution>> = {
  sep_conv_3x3: { kernel: 3, dilation: 1, twice: true },
  sep_conv_5x5: { kernel: 5, dilation: 1, twice: true },
  sep_conv_7x7: { kernel: 7, dilation: 1, twice: true },
  dil_conv_3x3: { kernel: 3, dilation: 2, twice: false },
  dil_conv_5x5: { kernel: 5, dilation: 2, twice: false },
};

/** One candidate on the edges, and where they stand among the candidates. */
interface Member {
  readonly op: PrimitiveId;
  /** The column of the edge weights. */
  readonly column: number;
  readonly edges: readonly EdgeCandidate[];
}

/**
 * What the m edges that leave a state add to the nodes that they lead to.
 * @param weights of every candidate on each edge, [m, K]
 * @returns [m, C, B·H'·W']
 */
export type EdgeGroup = (source: Source, weights: tf.Tensor2D, forward: Forward) => tf.Tensor3D;

/**
 * Σ_k weights[k] · op_k(state) for every edge, as `primitiveLayer` has the candidates.
 * @param primitives the candidates; `edges` holds, for each, the edges in the order of their weights
 * @param stride 1 or 2; applies to the first convolution or pool of a candidate
 */
export function edgeGroup(
  primitives: readonly PrimitiveId[],
  edges: readonly (readonly EdgeCandidate[])[],
  stride: number,
): EdgeGroup {
  const members = primitives.map((op, column): Member => ({ op, column, edges: edges[column] }));
  const kinds: readonly ((op: PrimitiveId) => boolean)[] = [
    (op) => sameOnAllEdges(op, stride) !== undefined,
    (op) => CONVOLUTIONS[op] !== undefined,
    (op) => op === 'skip_connect' && stride > 1,
  ];
  const [same, convolutions, reductions] = kinds.map((is) => members.filter(({ op }) => is(op)));
  const others = members.filter(({ op }) => op !== 'none' && !kinds.some((is) => is(op)));
  return (source, weights, forward) => {
    const added: tf.Tensor3D[] = [];
    if (same.length > 0) added.push(sharedValues(same, stride, source, weights));
    if (convolutions.length > 0) added.push(convolved(convolutions, stride, source, weights, forward));
    for (const member of reductions) added.push(factorizedReduce(member, source, weights, forward));
    for (const member of others) added.push(oneByOne(member, source, weights, forward));
    return added.length === 1 ? added[0] : tf.addN(added);
  };
}

/** Which candidates have no weights, so that they give the same on all edges. */
function sameOnAllEdges(op: PrimitiveId, stride: number): 'pool' | 'identity' | undefined {
  if (op === 'max_pool_3x3' || op === 'avg_pool_3x3') return 'pool';
  return op === 'skip_connect' && stride === 1 ? 'identity' : undefined;
}

/** Pools, which are normalised together, and the state itself. */
function sharedValues(
  members: readonly Member[],
  stride: number,
  { state }: Source,
  weights: tf.Tensor2D,
): tf.Tensor3D {
  const pools = members.filter(({ op }) => sameOnAllEdges(op, stride) === 'pool');
  const identities = members.filter(({ op }) => sameOnAllEdges(op, stride) === 'identity');
  const pooled = pools.map(({ op }) => (op === 'max_pool_3x3' ? maxPooled : avgPooled)(state, stride).values);
  const values = [
    ...(pooled.length > 0 ? [normalisedRows(tf.concat3d(pooled, 0))] : []),
    ...identities.map(() => state.values),
  ];
  return weightedSums(
    tf.concat3d(values, 0),
    columnsOf(
      weights,
      [...pools, ...identities].map(({ column }) => column),
    ),
  );
}

/** Both halves of the channels are normalised for themselves, as every channel is. */
function factorizedReduce(
  member: Member,
  { active }: Source,
  weights: tf.Tensor2D,
  forward: Forward,
): tf.Tensor3D {
  const edges = member.edges.length;
  const halves = (['even', 'odd'] as const).map((which, i) =>
    normalisedPointwise(
      [everyOther(active, which).values],
      matrices(filtersOf([member], `conv${i + 1}`, forward), edges),
      edges,
      columnByColumn(weights, [member.column]),
    ),
  );
  return tf.concat(halves, 1);
}

/** What has no form of its own for many edges. */
function oneByOne(
  { edges, column }: Member,
  { state }: Source,
  weights: tf.Tensor2D,
  forward: Forward,
): tf.Tensor3D {
  const images = imagesOf(state);
  const results = edges.map(({ layer }) => planesOf(layer(images, forward)).values);
  return tf.mul(columnByColumn(weights, [column]), tf.concat(results, 0));
}

/** All separable convolutions, those that have as many parts together. */
function convolved(
  members: readonly Member[],
  stride: number,
  { active }: Source,
  weights: tf.Tensor2D,
  forward: Forward,
): tf.Tensor3D {
  const { batch, height, width } = active;
  const images = { batch, height, width, stride };
  const input = [active.values];
  const once = members.filter(({ op }) => !convolutionOf(op).twice);
  const twice = members.filter(({ op }) => convolutionOf(op).twice);
  const between = firstParts(twice, input, images, forward);
  const again = {
    batch,
    height: Math.ceil(height / stride),
    width: Math.ceil(width / stride),
    stride: 1,
  };
  const sets = members[0].edges.length;
  return normalisedPointwise(
    [
      ...depthwise(once, 'depthwise', input, images, forward),
      ...depthwise(twice, 'second.depthwise', between, again, forward),
    ],
    matrices(
      [...filtersOf(once, 'pointwise', forward), ...filtersOf(twice, 'second.pointwise', forward)],
      sets * members.length,
    ),
    sets,
    columnByColumn(
      weights,
      [...once, ...twice].map(({ column }) => column),
    ),
  );
}

/** Depthwise and pointwise convolution, normalisation, ReLU; as one value or by candidate. */
function firstParts(
  members: readonly Member[],
  input: readonly tf.Tensor3D[],
  images: Images,
  forward: Forward,
): readonly tf.Tensor3D[] {
  const values = depthwise(members, 'first.depthwise', input, images, forward);
  return values.map((value, i) => {
    const own = values.length === 1 ? members : [members[i]];
    const filters = filtersOf(own, 'first.pointwise', forward);
    return relu(normalisedPointwise([value], matrices(filters, filters.length), filters.length));
  });
}

function depthwise(
  members: readonly Member[],
  part: string,
  input: readonly tf.Tensor3D[],
  images: Images,
  forward: Forward,
): readonly tf.Tensor3D[] {
  if (members.length === 0) return [];
  const kinds = members.map((member) => {
    const { kernel, dilation } = convolutionOf(member.op);
    return { kernel, dilation, filters: depthwiseFilters(member, part, forward) };
  });
  return depthwisePlanes(input, kinds, images);
}

function convolutionOf(op: PrimitiveId): Convolution {
  return CONVOLUTIONS[op] as Convolution;
}

/** The filter of every candidate on every edge, [kh, kw, Cin, Cout]. */
function filtersOf(members: readonly Member[], part: string, { tensors }: Forward): tf.Tensor[] {
  return members.flatMap(({ edges }) => edges.map(({ name }) => tensors[`${name}.${part}.filter`]));
}

/** [m, k², C] */
function depthwiseFilters(member: Member, part: string, forward: Forward): tf.Tensor3D {
  const filters = filtersOf([member], part, forward);
  const [kernelHeight, kernelWidth, channels] = filters[0].shape;
  return tf.reshape(tf.concat(filters, 0), [filters.length, kernelHeight * kernelWidth, channels as number]);
}

/** Pointwise filters as matrices, [count, Cin, Cout]. */
function matrices(filters: readonly tf.Tensor[], count: number): tf.Tensor3D {
  const [, , channelsIn, channelsOut] = filters[0].shape;
  return tf.reshape(tf.concat([...filters], 0), [count, channelsIn, channelsOut as number]);
}
