/** Words of the step about the adversary: what is measured, what the search and the training defend against. */
import { count, normName, percent, radius } from '../../core/report/format.ts';
import { isolated } from './isolated.ts';

type Norm = 'linf' | 'l2';

export const threat = {
  measured: 'Attacks that are measured',
  measuredAbout:
    'The finished network is attacked on test images. Each figure is shown with its norm, ε, attack, steps and number of images; the last attack gives the headline, so the strongest stands last.',
  none: 'No attack is measured',
  noneAbout: 'Without an attack nothing can be said about robustness. The standard protocol is a good start.',
  protocol: 'Standard protocol',
  protocolTip: 'FGSM, PGD-20 and PGD-50 with the norm and ε of the attack that is selected',
  curve: 'ε curve',
  curveTip: 'Adds PGD at several ε, for a curve of accuracy over ε; the last attack stays the last',
  add: (title: string) => `Add ${title}`,
  attacks: 'Attacks, weakest first',
  up: (name: string) => `Move ${name} up`,
  down: (name: string) => `Move ${name} down`,
  remove: (name: string) => `Remove ${name}`,
  steps: (steps: number, size: string) => `${count(steps)} ${steps === 1 ? 'step' : 'steps'} of ${size}`,
  restarts: (n: number) => `${count(n)} ${n === 1 ? 'restart' : 'restarts'}`,
  noRandomStart: 'no random start',
  images: (n: number | undefined) => (n === undefined ? 'all test images' : `${count(n)} test images`),
  threatOf: (norm: Norm, epsilon: number) => `${normName(norm)}, ε = ${radius(epsilon, norm)}`,
  incomplete: 'something here has to be mended',
  headline: 'headline',
  isWeaker: (last: string, stronger: string) => `${last} stands last, and ${stronger} is stronger.`,
  isWeakerHint: 'The last attack gives the robust accuracy in tables and comparisons.',
  strongestLast: 'Put the strongest last',
  editor: (name: string) => `Settings of ${name}`,
  kind: 'Attack',
  norm: 'Norm',
  epsilon: 'Radius ε',
  epsilonUnit: { linf: 'in k/255', l2: 'length' },
  epsilonSpoken: (value: string) => `ε = ${value}`,
  epsilonMark: (value: string) => `Set ε to ${value}`,
  usual: 'Usual values',
  forAll: 'Use this norm and ε for all attacks',
  stepSizeHint: (value: string) => `2.5·ε/steps where left out: ${value}`,
  imagesHint: 'A sample is quicker, and its interval wider; all where left out.',
  fgsmAbout: 'FGSM is one step of size ε without a random start: there is nothing else to set.',
  moreInExpert: 'Step size, restarts and random start in the expert view.',

  together: 'One threat model throughout',
  togetherAbout:
    'A network withstands what it was trained against. Compare the radii of search, training and measurement here; figures at ε = 1/255 say nothing about 8/255.',
  rows: {
    search: 'Search',
    objective: 'Objective of the search',
    training: 'Retraining',
    measured: 'Measured',
  },
  noAdversary: 'no adversary',
  cleanImages: 'clean images',
  notComparable: 'L2: another norm',
  scale: 'Radii on one axis, L∞',
  inSearch: 'Adversary in the search',
  inSearchAbout: 'Whom the weights of the supernet are trained against while the search goes on.',
  adversaries: {
    none: 'The weights learn from the images as they are.',
    fgsm: 'One step from a random start, its gradient taken at the clean images: as published.',
    fast: 'One step from a random start, its gradient taken there: a little stronger.',
    free: 'Each batch is replayed; every pass moves both the images and the weights.',
  } as Readonly<Record<string, string>>,
  noneInSearch: (title: string) => `${title} searches without an adversary.`,
  inTraining: 'Adversary in the retraining',
  inTrainingAbout:
    'Whom the weights of the finished network are trained against. This decides most about its robustness.',
  mismatch: {
    clean: 'Training on clean images gives hardly any robust accuracy.',
    cleanHint: (epsilon: string) =>
      `Choose an adversarial recipe with ε = ${epsilon} if the network is to withstand the attacks that are measured.`,
    training: (training: string, measured: string) =>
      `It is trained against ε = ${training} and measured at ε = ${measured}.`,
    trainingSmaller:
      'The network will not withstand what it has never seen. Train and measure at the same ε, or say why not.',
    trainingLarger:
      'Training against a larger ε than is measured costs accuracy for nothing. Train and measure at the same ε, or say why not.',
    norm: 'It is trained in L∞ and measured in L2.',
    normHint: 'Robustness in one norm says little about the other: read the figures as such.',
    search: (search: string, measured: string) =>
      `The search defends against ε = ${search}, the measurement attacks with ε = ${measured}.`,
    searchHint:
      'The found cell was chosen for another threat than the one measured. The published search used 2/255.',
    fits: 'Training and measurement use the same norm and ε.',
  },
  matchTraining: (epsilon: string) => `Train at ε = ${epsilon}`,

  preview: 'What such an attack looks like',
  previewAbout:
    'Real images of the data set. There is no network yet, so a linear classifier is attacked; a trained network is another target.',
  previewOf: (name: string) => `Attack: ${name}`,
  attacking: 'Attacking a few images …',
  noAttack: 'There is no attack to show.',
  noPreview: 'Mend the attack and the data to see it.',
  cancelled: 'The preview was stopped.',
  again: 'Make it again',
  clean: 'Clean',
  perturbed: 'Perturbed',
  difference: 'Difference',
  differenceAbout: 'The difference is magnified to its largest change; grey is no change.',
  truth: 'True class',
  isRight: 'right',
  isWrong: 'wrong',
  imageOf: (row: string, name: string) => `${row}: ${isolated(name)}`,
  outcome: (clean: number, attacked: number, n: number) =>
    `Of these ${n} images the linear classifier gets ${percent(clean, 0)} right clean and ${percent(attacked, 0)} attacked.`,
} as const;
