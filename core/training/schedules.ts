/** Quantities that change while training goes on. */

/**
 * Cosine annealing without restarts (Loshchilov and Hutter 2017, eq. 5): lr0 at position 0, lrMin at `total`.
 * @param position epochs or steps done, 0 … total
 */
export function cosine(lr0: number, lrMin: number, position: number, total: number): number {
  const share = total > 0 ? Math.min(1, Math.max(0, position / total)) : 0;
  return lrMin + ((lr0 - lrMin) * (1 + Math.cos(Math.PI * share))) / 2;
}

/** Drop-path probability, ramped up linearly from 0 to `p` (DARTS' code, per epoch). @param progress in [0, 1] */
export function dropPathAt(p: number, progress: number): number {
  return p * progress;
}

/** Factor of the learning rate: rises linearly from 0 to 1 during the first `share` of the training, then 1; 0 = off. */
export function warmUp(progress: number, share: number): number {
  return progress < share ? progress / share : 1;
}
