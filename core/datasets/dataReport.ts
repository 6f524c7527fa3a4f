/** What a person should know about a data set before using it: counts, damage, duplicates, warnings in words. */
import { findDuplicates } from './duplicates.ts';
import type { Dataset, ImageSet } from './imageSet.ts';
import type { Splits } from './splits.ts';
import type { PartReport, DuplicateReport, DataReport } from './reportTypes.ts';
import { reportWarnings } from './reportWarnings.ts';

export type { DataReport, DuplicateReport, PartReport } from './reportTypes.ts';

/** Looks at every pixel once. @param splits where they are made already, to look across them too */
export function dataReport(dataset: Dataset, splits?: Splits): DataReport {
  const { id, title, train, test, unreadable = [] } = dataset;
  const perClass = countClasses(train);
  const facts = {
    id,
    title,
    classes: train.classes,
    shape: train.shape,
    parts: countParts(dataset, splits),
    imbalance: Math.max(...perClass) / Math.min(...perClass),
    range: pixelRange(train),
    unreadable,
    duplicates: countDuplicates(train, test, splits),
  };
  return { ...facts, warnings: reportWarnings(facts, splits?.testFrom === 'train' || test === undefined) };
}

function countParts({ train, test }: Dataset, splits?: Splits): readonly PartReport[] {
  const whole = (part: PartReport['part'], set: ImageSet): PartReport => ({
    part,
    count: set.count,
    perClass: countClasses(set),
  });
  const split = (part: PartReport['part'], set: ImageSet, indices: Uint32Array): PartReport => ({
    part,
    count: indices.length,
    perClass: countClasses(set, indices),
  });
  return [
    whole('train', train),
    ...(test === undefined ? [] : [whole('test', test)]),
    ...(splits === undefined
      ? []
      : [
          split('weights', train, splits.weights),
          split('alphas', train, splits.alphas),
          split('validation', train, splits.validation),
          split('test split', splits.testFrom === 'test' && test !== undefined ? test : train, splits.test),
        ]),
  ];
}

function countClasses({ labels, classes }: ImageSet, indices?: Uint32Array): readonly number[] {
  const counts = new Array<number>(classes.length).fill(0);
  if (indices === undefined) for (const label of labels) counts[label]++;
  else for (const index of indices) counts[labels[index]]++;
  return counts;
}

function pixelRange({ pixels }: ImageSet): readonly [number, number] {
  let low = 255;
  let high = 0;
  for (let i = 0; i < pixels.length; i++) {
    if (pixels[i] < low) low = pixels[i];
    if (pixels[i] > high) high = pixels[i];
  }
  return [low, high];
}

function countDuplicates(train: ImageSet, test: ImageSet | undefined, splits?: Splits): DuplicateReport {
  const sets = test === undefined ? [train] : [train, test];
  const report = { withinTrain: 0, withinTest: 0, testInTrain: 0, acrossSplits: 0, conflicting: 0 };
  const splitOf = splits && splitOfImages(sets, splits);
  for (const group of findDuplicates(sets)) {
    const inTrain = group.filter(({ set }) => set === 0).length;
    const inTest = group.length - inTrain;
    report.withinTrain += Math.max(0, inTrain - 1);
    report.withinTest += Math.max(0, inTest - 1);
    if (inTrain > 0) report.testInTrain += inTest;
    if (new Set(group.map(({ set, index }) => sets[set].labels[index])).size > 1) report.conflicting++;
    const names = splitOf && group.map(({ set, index }) => splitOf[set][index]).filter((name) => name > 0);
    if (new Set(names).size > 1) report.acrossSplits++;
  }
  return report;
}

/** For each image of each set, a number for its split; 0 for none. */
function splitOfImages(sets: readonly ImageSet[], splits: Splits): readonly Uint8Array[] {
  const result = sets.map(({ count }) => new Uint8Array(count));
  const mark = (set: number, indices: Uint32Array, name: number): void => {
    for (const index of indices) result[set][index] = name;
  };
  mark(0, splits.weights, 1);
  mark(0, splits.alphas, 2);
  mark(0, splits.validation, 3);
  mark(splits.testFrom === 'test' ? 1 : 0, splits.test, 4);
  return result;
}
