/** Seeded random numbers (xoshiro128**, Blackman and Vigna 2018) whose state can be saved. */

/** Everything needed to continue a generator: four 32-bit words and a pending normal deviate. */
export interface RngState {
  readonly words: readonly [number, number, number, number];
  readonly spare?: number;
}

export interface Rng {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform in [low, high). */
  uniform(low: number, high: number): number;
  /** Uniform integer in [0, n). */
  int(n: number): number;
  /** Standard normal (Marsaglia's polar method). */
  normal(): number;
  /** The numbers 0 … n−1 in random order (Fisher–Yates). */
  permutation(n: number): Uint32Array;
  state(): RngState;
}

function splitMix32(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x9e3779b9) >>> 0;
    let t = a ^ (a >>> 16);
    t = Math.imul(t, 0x21f0aaad);
    t ^= t >>> 15;
    t = Math.imul(t, 0x735a2d97);
    return (t ^ (t >>> 15)) >>> 0;
  };
}

/** FNV-1a over a label: separate streams for separate purposes from one seed. */
function hashLabel(label: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < label.length; i++) h = Math.imul(h ^ label.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

/** A generator for `seed` (an integer); `stream` names an independent sequence of the same seed. */
export function createRng(seed: number, stream = ''): Rng {
  const mix = splitMix32(
    (seed >>> 0) ^ hashLabel(stream) ^ Math.imul(Math.floor(seed / 2 ** 32), 0x85ebca6b),
  );
  return restoreRng({ words: [mix(), mix(), mix(), mix() | 1] });
}

/** Continues where `state()` was taken. */
export function restoreRng(state: RngState): Rng {
  let [a, b, c, d] = state.words;
  let spare = state.spare;

  const nextWord = (): number => {
    const scaled = Math.imul(b, 5);
    const result = Math.imul((scaled << 7) | (scaled >>> 25), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  const next = (): number => nextWord() / 2 ** 32;
  const int = (n: number): number => Math.floor(next() * n);

  return {
    next,
    int,
    uniform: (low, high) => low + (high - low) * next(),
    normal() {
      if (spare !== undefined) {
        const value = spare;
        spare = undefined;
        return value;
      }
      for (;;) {
        const u = 2 * next() - 1;
        const v = 2 * next() - 1;
        const s = u * u + v * v;
        if (s > 0 && s < 1) {
          const scale = Math.sqrt((-2 * Math.log(s)) / s);
          spare = v * scale;
          return u * scale;
        }
      }
    },
    permutation(n) {
      const order = new Uint32Array(n);
      for (let i = 0; i < n; i++) order[i] = i;
      for (let i = n - 1; i > 0; i--) {
        const j = int(i + 1);
        const swap = order[i];
        order[i] = order[j];
        order[j] = swap;
      }
      return order;
    },
    state: () => ({ words: [a >>> 0, b >>> 0, c >>> 0, d >>> 0], ...(spare === undefined ? {} : { spare }) }),
  };
}
