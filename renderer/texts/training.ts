/** Words of the tab Training. */
import { count } from '../../core/report/format.ts';

export const training = {
  networks: { found: 'Found network', random: 'Random baseline' },
  about: {
    found: 'The derived cell, trained from scratch.',
    random:
      'A cell drawn at random under the same budget, trained by the same recipe: what the search has to beat.',
  },
  states: {
    none: 'not trained yet',
    planned: 'planned',
    running: 'training',
    waiting: 'unfinished',
    done: 'trained',
  },
  notPlanned: 'It is not part of the plan.',
  comesLater: 'It comes after the phases before it.',
  validation: 'Validation accuracy',
  validationAbout: 'of unchanged validation images, with the last weights',
  parameters: 'Parameters',
  macs: 'MACs',
  recipe: 'Recipe',
  weights: 'Weights',
  duration: 'Took',
  progress: (epoch: number, epochs: number) => `epoch ${count(epoch)} of ${count(epochs)}`,
  difference: (points: string) => `${points} percentage points against the baseline, by validation accuracy.`,
  notAlike: 'The two networks were not trained alike: their accuracies do not compare.',
  notAlikeAbout: 'Train both by one recipe and for as many epochs.',
  differenceAbout: 'Test accuracy and robustness are on the tab Robustness.',
  curves: 'Curves',
  noCurves: 'No training has begun yet',
  noCurvesAbout: 'Losses and accuracies come with its first steps.',
  clean: 'On unchanged training images, augmented, in mini-batches.',
  attacked: (recipe: string, batch: number) =>
    `On training images under attack: ${recipe}; mini-batches of ${count(batch)} images.`,
  /** Of an earlier plan, whose batch size the view does not know. */
  attackedBefore: (recipe: string) => `On training images under attack: ${recipe}; in mini-batches.`,
  standard: 'standard training on clean images',
  adversarial: (title: string, radius: string, steps: number) =>
    `${title}, L∞, ε = ${radius}, ${count(steps)} ${steps === 1 ? 'step' : 'steps'}`,
  startTitle: 'Train again',
  startFirst: 'Train the found network',
  startAbout:
    'From scratch, with the cell of this experiment. Only this gives the weights that can be measured and exported.',
  replaces: 'The network that was trained before, and what was measured of it, give way to the new one.',
  recipeLabel: 'Recipe',
  baseline: 'Train the random baseline alike',
  baselineHint: 'Takes as long again; without it there is nothing to compare with.',
  measure: 'Measure it afterwards',
  measureHint: (attacks: string) => `Accuracy on the test images, and under ${attacks}.`,
  measureClean: 'Accuracy on the test images; no attacks are set in this experiment.',
  attack: (name: string, norm: string, radius: string, restarts: number, images: string | undefined) =>
    `${name}, ${norm}, ε = ${radius}${restarts > 1 ? `, ${count(restarts)} restarts` : ''}, on ${images ?? 'all'} test images`,
  exportAfter: 'Export it afterwards',
  exportHint: (formats: string) => `As ${formats}, each checked with the runtime of its format.`,
  start: 'Start the training',
  starting: 'Starting …',
  started: 'The training has begun.',
  why: {
    atWork: 'The experiment is running: wait, or stop it first.',
    elsewhere: 'Another program works on this experiment.',
    noGenotype: 'There is no cell to train yet: let the search finish.',
    noBaseline: 'No baseline genotype is on record.',
    checking: 'The settings are being checked.',
    issues: (n: number) =>
      n === 1 ? 'One setting has to be mended first.' : `${count(n)} settings have to be mended first.`,
  },
  elsewhereIssue: 'Another part of the experiment is wrong:',
} as const;
