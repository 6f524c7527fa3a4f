/** What a data report holds. */

export interface PartReport {
  /** `train` and `test` are the parts of the data set; the others are splits. */
  readonly part: 'train' | 'test' | 'weights' | 'alphas' | 'validation' | 'test split';
  readonly count: number;
  /** Images of each class, in order of label. */
  readonly perClass: readonly number[];
}

export interface DuplicateReport {
  /** Images that repeat an earlier one of the same part. */
  readonly withinTrain: number;
  readonly withinTest: number;
  /** Test images that are training images too. */
  readonly testInTrain: number;
  /** Groups of equal images that lie in more than one split; 0 where no splits were given. */
  readonly acrossSplits: number;
  /** Groups of equal images with different labels. */
  readonly conflicting: number;
}

export interface DataReport {
  readonly id: string;
  readonly title: string;
  readonly classes: readonly string[];
  /** [H, W, C] */
  readonly shape: readonly [number, number, number];
  readonly parts: readonly PartReport[];
  /** Largest class of the training part over its smallest. */
  readonly imbalance: number;
  /** Darkest and brightest training pixel, 0 … 255. */
  readonly range: readonly [number, number];
  readonly unreadable: readonly string[];
  readonly duplicates: DuplicateReport;
  /** Whole sentences, worst first; empty where nothing stands out. */
  readonly warnings: readonly string[];
}
