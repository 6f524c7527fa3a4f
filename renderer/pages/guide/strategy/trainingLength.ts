/** Short, standard and long trainings, as parts and multiples of what the experiment began with. */

export const LENGTHS = ['short', 'standard', 'long'] as const;
export type TrainingLength = (typeof LENGTHS)[number];

const FACTORS: Readonly<Record<TrainingLength, number>> = { short: 1 / 3, standard: 1, long: 3 };
const MOST_EPOCHS = 100_000;

export function epochsOf(length: TrainingLength, standard: number): number {
  return Math.min(MOST_EPOCHS, Math.max(1, Math.round(standard * FACTORS[length])));
}

export function lengthOf(epochs: number, standard: number): TrainingLength | undefined {
  // Of a standard so short that others round to the same, it is the standard.
  if (epochs === standard) return 'standard';
  return LENGTHS.find((length) => epochsOf(length, standard) === epochs);
}
