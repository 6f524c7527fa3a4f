/** Pointwise convolution and the batch normalisation behind it as one matrix product. */
import { EPSILON } from './batchNorm.ts';
import { tf } from '../tf.ts';
import { withGradient } from './customGradient.ts';
import { split } from './split.ts';

/**
 * y = Σ_t w_t · BN(F_tᵀ·x_t), each normalised over all its columns, ε = 1e-5, without scale and shift.
 *
 * The mean and variance of Fᵀx follow from those of x: with c = x − E[x] and S = c·cᵀ / M,
 *
 *     Var[Fᵀx]ₒ = Σ (S·F) ∘ F,     B = F ∘ 1/√(Var + ε),     y = Σ_t (w·B)ᵀ c
 *
 * so the products Fᵀx themselves are never there, nor what a normalisation would keep of them. With e = ∂y − E[∂y],
 * G = c·eᵀ and t = w · Σ_in G ∘ B / M:
 *
 *     ∂w = Σ G ∘ B     ∂F = (w·G − M·t ∘ (S·B)) / √(Var + ε)     ∂x = (w·B)·e − (t ∘ B)·Bᵀ·c
 *
 * What is small, all of S, F and B, is computed for all terms at once. Worth it where Cin is not much larger than Cout:
 * S costs as much as a product with Cout = Cin.
 * @param terms x, each [n·m, Cin, M] for n of the terms above, or [1, Cin, M], which goes through all m filters of one
 * @param filters F, those of the first term first: [T·m, Cin, Cout]
 * @param sets m
 * @param weights w, [T·m, 1, 1]; 1 where left out
 * @returns [m, Cout, M]
 */
export function normalisedPointwise(
  terms: readonly tf.Tensor3D[],
  filters: tf.Tensor3D,
  sets: number,
  weights?: tf.Tensor3D,
): tf.Tensor3D {
  const [, channelsIn, columns] = terms[0].shape;
  const channelsOut = filters.shape[2];
  const shapes = terms.map((x) => shapeOf(x, sets));
  const sizes = shapes.map(({ share }) => share * sets);
  const isWeighted = weights !== undefined;
  const inputs: readonly tf.Tensor[] = [...terms, filters, ...(isWeighted ? [weights] : [])];
  /** Matrices of all terms by term, stacked as the terms are. */
  const byTerm = (matrices: tf.Tensor): tf.Tensor[] =>
    split(matrices, sizes, 0).map((part, i) => stacked(part, shapes[i].share, sets));
  return withGradient(inputs, (given, save) => {
    const [filter, w] = given.slice(terms.length);
    const centred = given
      .slice(0, terms.length)
      .map((x, i) => tf.reshape(tf.sub(x, tf.mean(x, 2, true)), shapes[i].stack));
    // S·M; the division is done where the numbers are few.
    const moments = centred.map((c, i) => {
      const own = tf.reshape(tf.matMul(c, c, false, true), [-1, channelsIn, channelsIn]);
      return own.shape[0] === sizes[i] ? own : tf.tile(own as tf.Tensor3D, [sets, 1, 1]);
    });
    const product = tf.matMul(tf.concat(moments, 0), filter);
    const variance = tf.div(tf.sum(tf.mul(product, filter), 1, true), columns);
    const deviation = tf.sqrt(tf.add(variance, EPSILON));
    const scaled = tf.div(filter, deviation);
    const mixed = isWeighted ? tf.mul(scaled, w) : scaled;
    save([product, deviation, scaled, mixed, ...(isWeighted ? [w] : []), ...centred]);
    const results = byTerm(mixed).map((f, i) => tf.matMul(f, centred[i], true));
    const sums = results.map((y, i) =>
      shapes[i].share > 1 ? tf.sum(y, 0) : tf.reshape(y, [sets, channelsOut, columns]),
    );
    return {
      value: (sums.length === 1 ? sums[0] : tf.addN(sums)) as tf.Tensor3D,
      gradient: (dy, saved) => {
        const [momentsTimesFilter, sigma, b, wb, weight] = saved;
        const c = saved.slice(isWeighted ? 5 : 4);
        const e = tf.sub(dy, tf.mean(dy, 2, true));
        const spread = (share: number): tf.Tensor =>
          share === 1 ? e : tf.reshape(e, [1, sets, channelsOut, columns]);
        const g = tf.concat(
          c.map((one, i) =>
            tf.reshape(tf.matMul(one, spread(shapes[i].share), false, true), [
              sizes[i],
              channelsIn,
              channelsOut,
            ]),
          ),
          0,
        );
        const along = tf.sum(tf.mul(g, b), 1, true);
        const t = tf.div(isWeighted ? tf.mul(along, weight) : along, columns);
        // S·B ∘ t = (S·F) ∘ t / σ
        const curved = tf.mul(momentsTimesFilter, tf.div(t, sigma));
        const dFilter = tf.div(tf.sub(isWeighted ? tf.mul(g, weight) : g, curved), sigma);
        const backs = byTerm(tf.matMul(tf.mul(b, t), b, false, true));
        const dTerms = byTerm(wb).map((one, i) => {
          const { isShared } = shapes[i];
          const own = isShared ? tf.sum(backs[i], 0, true) : backs[i];
          const through = tf.matMul(one, spread(shapes[i].share));
          const all = isShared ? tf.sum(through, 0, true) : through;
          return tf.reshape(tf.sub(all, tf.matMul(own, c[i])), terms[i].shape);
        });
        return [...dTerms, dFilter, ...(isWeighted ? [tf.sum(along, 2, true)] : [])];
      },
    };
  });
}

/** How a term's matrices are stacked. */
interface Stack {
  /** n, how many of the sum's terms the value holds. */
  readonly share: number;
  /** Whether one matrix goes through the filters of all sets. */
  readonly isShared: boolean;
  /** [n, m, Cin, M]; without n where that is 1. */
  readonly stack: number[];
}

function shapeOf({ shape }: tf.Tensor3D, sets: number): Stack {
  const [count, ...matrix] = shape;
  const isShared = count === 1 && sets > 1;
  const share = isShared ? 1 : count / sets;
  return { share, isShared, stack: share === 1 ? shape : [share, sets, ...matrix] };
}

/** Filters of a term, stacked as its matrices are. */
function stacked(filters: tf.Tensor, share: number, sets: number): tf.Tensor {
  return share === 1 ? filters : tf.reshape(filters, [share, sets, ...filters.shape.slice(1)]);
}

/**
 * (x − E[x]) / √(Var[x] + ε) of every row, ε = 1e-5.
 * @param x [m, C, M]
 */
export function normalisedRows(x: tf.Tensor3D): tf.Tensor3D {
  return withGradient([x] as const, ([values], save) => {
    const centred = tf.sub(values, tf.mean(values, 2, true));
    const deviation = tf.sqrt(tf.add(tf.mean(tf.square(centred), 2, true), EPSILON));
    const value = tf.div(centred, deviation) as tf.Tensor3D;
    save([value, deviation]);
    return {
      value,
      gradient: (dy, [normalised, sigma]) => {
        const rest = tf.sub(dy, tf.mean(dy, 2, true));
        const along = tf.mean(tf.mul(dy, normalised), 2, true);
        return [tf.div(tf.sub(rest, tf.mul(normalised, along)), sigma)];
      },
    };
  });
}

/**
 * y_i = Σ_n w[i, n] · x_n, as one product.
 * @param values x, [N, C, M]
 * @param weights [m, N]
 * @returns [m, C, M]
 */
export function weightedSums(values: tf.Tensor3D, weights: tf.Tensor2D): tf.Tensor3D {
  const [count, channels, columns] = values.shape;
  const sums = tf.matMul(weights, tf.reshape(values, [count, channels * columns]));
  return tf.reshape(sums, [weights.shape[0], channels, columns]);
}
