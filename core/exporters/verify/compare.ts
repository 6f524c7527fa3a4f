/** Compares a reopened export with the network it was made from. */
import { counted } from '../../training/intervals.ts';
import type { ExportCheck, Finding } from '../exporter.ts';

/** Largest |Δlogit| that still counts as the same network in float32. */
export const LOGIT_TOLERANCE = 1e-4;

const BATCH = 50;

/**
 * Runs the sample through the export, first one image alone, then batches, so that two batch sizes are tried.
 * @param logits of images [count, H, W, C] in [0, 1]; result [count, K]
 */
export async function compareLogits(
  check: ExportCheck,
  runtime: string,
  logits: (images: Float32Array, count: number) => Promise<Float32Array>,
): Promise<Finding> {
  const { sample, reference, input } = check;
  const { classes } = input.skeleton;
  if (sample.count === 0)
    return { verified: false, verdict: 'not verified: there are no images to compare on' };
  const pixels = sample.images.length / sample.count;
  let largest = 0;
  let correct = 0;
  let correctBefore = 0;
  for (let first = 0; first < sample.count;) {
    const count = first === 0 ? 1 : Math.min(BATCH, sample.count - first);
    const got = await logits(sample.images.slice(first * pixels, (first + count) * pixels), count);
    if (got.length !== count * classes) {
      return {
        verified: false,
        verdict: `failed: ${runtime} returns ${got.length} logits for ${count} images of ${classes} classes`,
      };
    }
    const expected = reference.subarray(first * classes, (first + count) * classes);
    // Not Math.max, which would hide NaN behind a later comparison.
    expected.forEach((value, i) => {
      const difference = Math.abs(got[i] - value);
      if (!(difference <= largest)) largest = Number.isFinite(difference) ? difference : Infinity;
    });
    for (let row = 0; row < count; row++) {
      const label = sample.labels[first + row];
      if (argmax(got, row, classes) === label) correct++;
      if (argmax(expected, row, classes) === label) correctBefore++;
    }
    first += count;
  }
  return finding(runtime, largest, counted(correct, sample.count), counted(correctBefore, sample.count));
}

type Counted = NonNullable<Finding['accuracy']>;

function finding(runtime: string, largest: number, accuracy: Counted, before: Counted): Finding {
  const images = accuracy.n === 1 ? '1 image' : `${accuracy.n} images`;
  const percent = (value: number): string => `${(100 * value).toFixed(2)} %`;
  const found = `max |Δlogit| ${largest.toExponential(1)} on ${images}, accuracy ${percent(accuracy.accuracy)}`;
  const verified = largest <= LOGIT_TOLERANCE;
  return {
    verified,
    verdict: verified
      ? `verified by ${runtime}: ${found}`
      : `failed by ${runtime}: ${found} instead of ${percent(before.accuracy)}; at most ${LOGIT_TOLERANCE} is allowed`,
    // JSON knows no infinity; a journal must be able to hold the number.
    maxAbsLogitDifference: Number.isFinite(largest) ? largest : Number.MAX_VALUE,
    accuracy,
  };
}

/** The first of equal ones, as everywhere. */
function argmax(logits: Float32Array, row: number, classes: number): number {
  let best = 0;
  for (let k = 1; k < classes; k++) if (logits[row * classes + k] > logits[row * classes + best]) best = k;
  return best;
}
