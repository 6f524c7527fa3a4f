/** Adversarial examples of an evaluation, chosen, made into images and written to the run's folder. */
import type { Rng } from '../base/rng.ts';
import { gatherImages } from '../datasets/batches.ts';
import type { ImageSet } from '../datasets/imageSet.ts';
import type { Gallery, GalleryExample } from '../protocol/gallery.ts';
import { GALLERY_FORMAT } from '../protocol/gallery.ts';
import type { AttackedImage } from '../training/attackImages.ts';
import type { Answer } from '../training/evaluate.ts';
import type { Attacked } from '../training/robustAccuracy.ts';
import { differenceImages, toImages } from './displayImages.ts';
import type { NetworkLabel } from './retrainPhase.ts';

const EXAMPLES = 24;
/** Of these, as many as there are. */
const BROKEN = 16;
/** Attacked images that are kept to choose from, if they take no more memory than this. */
const CANDIDATES = 400;
const CANDIDATE_VALUES = 16 * 2 ** 20;

export function galleryPath(label: NetworkLabel): string {
  return `galleries/${label}.json`;
}

/**
 * Positions in `indices` whose attacked images are to be kept: right as they are, spread over the classes.
 * @param clean answers to the images as they are, in the order of `indices`
 */
export function galleryCandidates(
  images: ImageSet,
  indices: Uint32Array,
  clean: readonly Answer[],
  rng: Rng,
): ReadonlySet<number> {
  const fits = Math.floor(CANDIDATE_VALUES / (images.shape[0] * images.shape[1] * images.shape[2]));
  const order = [...rng.permutation(indices.length)].filter((position) => clean[position].isRight);
  const labelAt = (position: number): number => images.labels[indices[position]];
  return new Set(spread(order, labelAt, Math.max(EXAMPLES, Math.min(CANDIDATES, fits))));
}

interface Chosen {
  readonly position: number;
  readonly point: AttackedImage;
  readonly before: number;
  readonly after: number;
}

/**
 * Broken examples first, then some that withstood; what one kind lacks the other fills.
 *
 * Images in the file are rounded to bytes: they are for the eye. A perturbation in them is off by up to half a byte per
 * pixel, so giving them to the network again need not give the answer that stands beside them.
 *
 * @param candidates those kept in the attack; of several that are as good, the first ones are taken
 */
export function galleryOf(
  label: NetworkLabel,
  images: ImageSet,
  indices: Uint32Array,
  clean: readonly Answer[],
  candidates: ReadonlySet<number>,
  { robust, kept }: Attacked,
): Gallery {
  const labelAt = (position: number): number => images.labels[indices[position]];
  const all = [...candidates].flatMap((position): Chosen[] => {
    const point = kept.get(position);
    const before = clean[position].predicted;
    const after = point?.answer.predicted;
    if (point === undefined || before === undefined || after === undefined) return [];
    return [{ position, point, before, after }];
  });
  const chosen = choose(all, labelAt);
  const pixels = images.shape[0] * images.shape[1] * images.shape[2];
  const cleanPixels = gatherImages(
    images,
    Uint32Array.from(chosen, ({ position }) => indices[position]),
  );
  const perturbedPixels = new Float32Array(chosen.length * pixels);
  chosen.forEach(({ point }, i) => perturbedPixels.set(point.pixels, i * pixels));
  const shape = [chosen.length, ...images.shape] as const;
  return {
    format: GALLERY_FORMAT,
    label,
    classes: [...images.classes],
    attack: robust,
    examples: chosen.map(({ position, point, before, after }): GalleryExample => ({
      index: indices[position],
      label: labelAt(position),
      before,
      after,
      confidenceBefore: clean[position].confidence,
      confidenceAfter: point.answer.confidence,
      size: point.size,
    })),
    clean: toImages(cleanPixels, shape),
    perturbed: toImages(perturbedPixels, shape),
    difference: differenceImages(cleanPixels, perturbedPixels, shape),
  };
}

function choose(all: readonly Chosen[], labelAt: (position: number) => number): readonly Chosen[] {
  const classOf = ({ position }: Chosen): number => labelAt(position);
  const broken = all.filter(({ point }) => !point.answer.isRight);
  const withstood = all.filter(({ point }) => point.answer.isRight);
  const first = spread(broken, classOf, Math.max(BROKEN, EXAMPLES - withstood.length));
  return [...first, ...spread(withstood, classOf, EXAMPLES - first.length)];
}

/** Takes one of each class in turn, in the order given, until there are `count`. */
function spread<T>(all: readonly T[], classOf: (one: T) => number, count: number): readonly T[] {
  const turns = new Map<number, number>();
  const ranked = all.map((one) => {
    const turn = turns.get(classOf(one)) ?? 0;
    turns.set(classOf(one), turn + 1);
    return { one, turn };
  });
  return ranked
    .sort((a, b) => a.turn - b.turn)
    .slice(0, count)
    .map(({ one }) => one);
}
