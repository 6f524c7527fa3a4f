/** Words of the step that chooses how to search and how to train what was found. */
import { count } from '../../core/report/format.ts';

export const strategy = {
  search: 'Search',
  searchAbout: 'How the search goes about it, and for how long.',
  choose: 'Strategy',
  source: (source: string) => `Source: ${source}`,
  settings: (title: string) => `Settings of ${title}`,
  elsewhere:
    'The adversary stands in the step Threat, the objectives and their balancing in the step Budget.',
  toThreat: 'Threat',
  toBudget: 'Budget',
  orderHint:
    'Second order looks one weight step ahead for the alphas: more exact, and about twice as slow as first order.',
  length: 'Length of the search',
  noEpochs: 'This strategy trains no supernet: epochs and batches play no part.',
  epochsHint: 'Passes over the images for the weights; the alphas learn at every step.',
  batchHint: 'Images in one step, of the weights and of the alphas each.',
  stepsKnown: (steps: number, epochs: number) =>
    `${count(steps)} steps an epoch, ${count(steps * epochs)} in all.`,
  replays: (epochs: number, replays: number) =>
    `Each batch is replayed ${replays} times, so that ${count(epochs)} epochs of batches are drawn.`,
  retraining: 'Retraining',
  retrainingAbout:
    'The network of the found cell is trained from scratch. Where the plan has a baseline, it is trained alike.',
  recipe: 'Images it learns from',
  changeRecipe: 'Change in the step Threat',
  lengthOf: 'Length of the training',
  lengths: { short: 'Short', standard: 'Standard', long: 'Long' },
  lengthAbout: (standard: number) =>
    `Standard is what this experiment began with: ${count(standard)} epochs. Short is a third of it, long three times as much.`,
  lengthAboutPublished: (standard: number) =>
    `Standard are the ${count(standard)} epochs of the published training. Short is a third of it, long three times as much.`,
  regularisation: 'Network while it trains',
} as const;
