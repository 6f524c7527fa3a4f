/** How many passes an attack takes, where it is known which images withstand it. Tensor-free. */

/** Passes over a batch: with the gradient of the images, and without at points that nothing follows. */
export interface AttackPasses {
  readonly attack: number;
  readonly logits: number;
}

/**
 * What `attackImages` does with its places, without a network: each image goes to the first place that is free, is asked
 * about at its start and after every step, and gives its place to the next one when it breaks or has taken all steps.
 * @param breaks one entry for each image that is attacked: the point at which it breaks, counted through all restarts of
 *   `steps` + 1 points; undefined where it withstands
 */
export function attackPasses(
  breaks: readonly (number | undefined)[],
  {
    batchSize,
    steps,
    restarts,
  }: { readonly batchSize: number; readonly steps: number; readonly restarts: number },
): AttackPasses {
  const points = steps + 1;
  /** When a place is free again, in passes. */
  const free = new Float64Array(Math.min(batchSize, Math.max(1, breaks.length * restarts)));
  const brokenAt = new Map<number, number>();
  let all = 0;
  // Places are taken in order of time, so the passes that need a gradient are one row of spans.
  let attack = 0;
  let covered = 0;
  for (let restart = 0; restart < restarts; restart++) {
    for (const [image, point] of breaks.entries()) {
      let place = 0;
      for (let i = 1; i < free.length; i++) if (free[i] < free[place]) place = i;
      const start = free[place];
      if ((brokenAt.get(image) ?? Infinity) <= start) continue;
      const breaksNow = point !== undefined && Math.floor(point / points) <= restart;
      const taken = breaksNow ? (point % points) + 1 : points;
      if (breaksNow) brokenAt.set(image, Math.min(brokenAt.get(image) ?? Infinity, start + taken));
      free[place] = start + taken;
      all = Math.max(all, start + taken);
      const end = start + Math.min(taken, steps);
      attack += Math.max(0, end - Math.max(start, covered));
      covered = Math.max(covered, end);
    }
  }
  return { attack, logits: all - attack };
}
