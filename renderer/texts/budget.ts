/** Words of the step that bounds the size of the network and chooses what the search aims at. */
import { count, percent } from '../../core/report/format.ts';

export const budget = {
  size: 'Size of the network',
  sizeAbout:
    'Bounds on the network that is built from the found cell. The search keeps to them; without bounds it may find anything the space holds.',
  unit: 'Shown as',
  units: { params: 'Parameters', megabytes: 'MB (float32)', macs: 'MACs' },
  unitOf: { params: '', megabytes: 'MB', macs: 'million MACs per image' },
  atLeast: 'At least',
  atMost: 'At most',
  lowThumb: 'Lower bound',
  highThumb: 'Upper bound',
  noBound: 'no bound',
  valueOf: (value: string, unit: string) => `${value} ${unit}`.trim(),
  spoken: { params: 'parameters', megabytes: '', macs: 'MACs' },
  noRange: 'The images cannot be halved evenly, so that no network can be counted.',
  noRangeHint: 'Mend the search space or the image size first.',
  toSpace: 'To the search space',
  reachable: (low: string, high: string, cells: number, channels: number) =>
    `Cells of this space give networks of ${low} to ${high} (${cells} cells, ${channels} channels).`,
  assumed: 'The data has not been looked at yet, so this may move.',
  inside: (inside: number, drawn: number) =>
    `${percent(inside / Math.max(1, drawn), 0)} of ${count(drawn)} random cells lie within the bounds.`,
  counting: (done: number, all: number) => `Counting random cells: ${done} of ${all} …`,
  histogram: 'Bars: sizes of random cells of this space.',
  freeShare: (share: number) => `On average ${percent(share, 0)} of their edges pool or skip.`,
  otherBounds: {
    macs: (words: string) => `Besides, MACs are bounded: ${words}.`,
    params: (words: string) => `Besides, parameters are bounded: ${words}.`,
  },
  between: (low: string | undefined, high: string | undefined) =>
    low === undefined
      ? `at most ${high ?? ''}`
      : high === undefined
        ? `at least ${low}`
        : `${low} to ${high}`,
  clear: 'Remove bounds',
  inverted: {
    low: 'It lies above the upper bound: no network can be as large and as small.',
    high: 'It lies below the lower bound: no network can be as large and as small.',
  },
  published: 'Published cells in this network',
  publishedAbout: 'Counted with your cells, channels, classes and images; marked on the axis above.',
  noPublished: (nodes: number) =>
    nodes === 4
      ? 'No published cell has only these operations.'
      : `Published cells have four nodes, those of this space have ${nodes}: none can be compared.`,
  cell: 'Cell',
  searchedOn: 'Searched on',
  parameters: 'Parameters',
  macs: 'MACs',
  take: 'Take as',
  takeLow: 'Lower bound',
  takeHigh: 'Upper bound',
  takeLabel: (bound: string, title: string) => `${bound}: as ${title}`,
  markAt: (title: string, size: string) => `${title}: ${size}`,
  marks: 'Published cells on the axis',
  outside: {
    larger: (quantity: string, bound: string, nearest: string) =>
      `Every network of this space is larger: at most ${bound} ${quantity} are asked, the smallest has ${nearest}.`,
    smaller: (quantity: string, bound: string, nearest: string) =>
      `Every network of this space is smaller: at least ${bound} ${quantity} are asked, the largest has ${nearest}.`,
  },
  outsideHint: 'Move the bounds, or change the cells or the channels of the network.',
  quantities: { params: 'parameters', macs: 'MACs' },
  takeNearest: 'Take the nearest size',
  collapse: 'Hardly anything but pooling and skip connections is left.',
  collapseRoom: (most: number, edges: number) =>
    `Within this budget at most ${most} of the ${edges} edges of both cells can be convolutions. Such cells are cheap and usually poor. Raise the upper bound, or take fewer channels and keep the bound.`,
  collapseShare: (share: number) =>
    `In random cells within this budget ${percent(share, 0)} of the edges pool or skip. Set a lower bound, or raise the upper one.`,
  objectives: 'Objectives',
  objectivesAbout:
    'What each step of the alphas makes smaller. The search balances all that are switched on.',
  noObjectives: (strategy: string) =>
    `${strategy} aims at no objectives: they are those of E2RNAS. The bounds above hold all the same: the found cell is chosen within them.`,
  changeStrategy: 'Choose a strategy',
  atLeastOne: 'At least one objective is needed.',
  lacks: {
    bounds: (quantity: string) =>
      `It holds the bounds of the budget, and the budget has none on ${quantity}: it will never take part.`,
    low: (quantity: string) =>
      `It holds the lower bound on ${quantity}: give one above, or choose another bound.`,
    high: (quantity: string) =>
      `It holds the upper bound on ${quantity}: give one above, or choose another bound.`,
    target: (quantity: string) => `Give a target for the ${quantity}, or choose another bound.`,
  },
  boundHints: {
    both: 'Takes part while the expected size lies outside of the bounds that are given.',
    max: 'Takes part while the expected size lies above the upper bound.',
    min: 'Takes part while the expected size lies below the lower bound.',
    abs: 'Draws the expected size to the target.',
    none: 'Always takes part: smaller is better.',
  } as Readonly<Record<string, string>>,
  balancing: 'Balancing',
  balancingAbout: 'How the objectives share one step.',
  balancingOne: 'With a single objective there is nothing to balance.',
} as const;
