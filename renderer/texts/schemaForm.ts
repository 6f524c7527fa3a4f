/** Words of forms that are drawn from schemas. */
import { over255 } from '../../core/report/format.ts';

export const schemaForm = {
  from: (low: string) => `from ${low}`,
  above: (low: string) => `above ${low}`,
  upTo: (high: string) => `up to ${high}`,
  below: (high: string) => `below ${high}`,
  noNumber: 'This is no number.',
  noPixelValue: 'This is no number. Write 8/255 or 0.03.',
  notWhole: 'A whole number is needed.',
  outside: (range: string) => `Allowed are values ${range}.`,
  meantOver255: (value: number) =>
    `Pixels are in [0, 1]: write ${over255(value / 255)} rather than ${value}.`,
  multipleOf: (factor: number) => `A multiple of ${factor} is needed.`,
  atLeast: (n: number) => (n === 1 ? 'Choose at least one.' : `Choose at least ${n}.`),
  pixelUnit: 'in k/255',
  optional: 'not set',
  reset: (name: string, preset: string) => `Set ${name} back to ${preset}`,
  resetToNone: (name: string) => `Leave ${name} out`,
  more: (n: number) =>
    n === 1 ? 'One more setting in the expert view' : `${n} more settings in the expert view`,
  moreChanged: (n: number) => (n === 1 ? 'one of them changed' : `${n} of them changed`),
  showExpert: 'Show all settings',
  on: 'on',
  off: 'off',
  /** Names of choices that say too little by themselves, by setting. */
  choices: {
    order: { first: 'First order', second: 'Second order' },
    adversary: {
      none: 'None',
      fgsm: 'FGSM',
      fast: 'Fast',
      free: 'Free',
    },
    bound: {
      both: 'Both bounds',
      max: 'Upper bound',
      min: 'Lower bound',
      abs: 'Close to a target',
      none: 'As small as possible',
    },
    balancer: { mgda: 'MGDA', sum: 'Plain sum' },
    gradientNormalisation: {
      none: 'None',
      l2: 'By length',
      loss: 'By loss',
      'loss+': 'By loss and length',
    },
    attack: { fgsm: 'FGSM', pgd: 'PGD' },
    norm: { linf: 'L∞', l2: 'L2' },
  } as Readonly<Record<string, Readonly<Record<string, string>>>>,
} as const;
