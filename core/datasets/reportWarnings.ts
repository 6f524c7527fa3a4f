/** The sentences of a data report: what in the numbers deserves a second look, and why. */
import { CARVED_TEST_SHARE } from './splits.ts';
import type { DataReport } from './reportTypes.ts';

const UNEVEN = 3;
const FEW_PER_CLASS = 50;

/** Worst first. @param testCarved whether the test images come out of the training part */
export function reportWarnings(facts: Omit<DataReport, 'warnings'>, testCarved: boolean): readonly string[] {
  const { classes, parts, imbalance, range, unreadable, duplicates } = facts;
  const perClass = parts[0].perClass;
  const smallest = Math.min(...perClass);
  const largest = Math.max(...perClass);
  const name = (count: number): string => `'${classes[perClass.indexOf(count)]}'`;
  const findings: readonly (readonly [boolean, () => string])[] = [
    [
      duplicates.testInTrain > 0,
      () =>
        `${images(duplicates.testInTrain)} of the test part can be found in the training part, pixel by pixel; test accuracy will look better than it is.`,
    ],
    [
      duplicates.conflicting > 0,
      () =>
        `${duplicates.conflicting} groups of equal images have different labels; no classifier can get all of them right.`,
    ],
    [
      unreadable.length > 0,
      () =>
        unreadable.length === 1
          ? `1 file could not be read and was left out: ${unreadable[0]}.`
          : `${unreadable.length} files could not be read and were left out, the first is ${unreadable[0]}.`,
    ],
    [
      duplicates.acrossSplits > 0,
      () =>
        `${duplicates.acrossSplits} groups of equal images are spread over several splits, so these are not independent.`,
    ],
    [
      duplicates.withinTrain + duplicates.withinTest > 0,
      () =>
        `${images(duplicates.withinTrain)} of the training part and ${images(duplicates.withinTest)} of the test part repeat earlier ones.`,
    ],
    [
      imbalance >= UNEVEN,
      () =>
        `Classes are uneven: ${name(largest)} has ${largest} training images, ${name(smallest)} only ${smallest}. Accuracy says little about the small ones.`,
    ],
    [
      smallest < FEW_PER_CLASS,
      () =>
        `Class ${name(smallest)} has only ${smallest} training images; a search on so few will mostly learn them by heart.`,
    ],
    [range[0] === range[1], () => `All training pixels have the value ${range[0]}: the images are blank.`],
    [
      range[0] !== range[1] && range[1] < 128,
      () => `The brightest training pixel is ${range[1]} of 255; the images may have been scaled twice.`,
    ],
    [
      testCarved,
      () =>
        `There is no test part; ${CARVED_TEST_SHARE * 100} % of the training images of each class are set aside as one.`,
    ],
  ];
  return findings.filter(([applies]) => applies).map(([, sentence]) => sentence());
}

function images(count: number): string {
  return count === 1 ? '1 image' : `${count} images`;
}
