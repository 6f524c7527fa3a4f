/** The words of the field, each with a plain sentence or two. Shown on hover and on the help page. */

export const glossary = {
  accuracy: { term: 'accuracy', meaning: 'The share of images that a network classifies rightly.' },
  adversary: {
    term: 'adversary',
    meaning: 'Changes images slightly, within a radius ε, so that a network answers wrongly.',
  },
  alphas: {
    term: 'alphas',
    meaning:
      'Numbers that say how strongly each candidate operation stands on each edge of the cell. The search learns them; the strongest make the genotype.',
  },
  alphaEntropy: {
    term: 'alpha entropy',
    meaning: 'How undecided the search still is: 1 = all operations alike, 0 = one on every edge.',
  },
  baseline: {
    term: 'random baseline',
    meaning: 'A cell drawn at random under the same budget, trained alike: what a search has to beat.',
  },
  betas: {
    term: 'betas',
    meaning:
      'With partial channels: numbers that say how much each edge counts in its node. Learnt with the alphas; an operation is as strong as both make it.',
  },
  budget: {
    term: 'budget',
    meaning: 'Bounds on the size of the finished network: its parameters or its multiply-accumulates.',
  },
  cell: {
    term: 'cell',
    meaning: 'A small graph of operations. The network is a stack of copies of two cells.',
  },
  channels: {
    term: 'channels',
    meaning: 'How many feature maps the first cell works with; wider is larger and slower.',
  },
  collapse: {
    term: 'collapse',
    meaning:
      'A search that ends with skip connections and pooling nearly everywhere: cheap, and usually poor.',
  },
  confidenceInterval: {
    term: '95 % interval',
    meaning:
      'Where the true accuracy most likely lies, given how many images were looked at (Wilson interval).',
  },
  edge: {
    term: 'edge',
    meaning: 'Leads from one feature map of the cell to another, through one operation.',
  },
  epsilon: {
    term: 'ε (epsilon)',
    meaning:
      'How far the adversary may change an image: in L∞ the most that any pixel may change, in steps of 1/255; in L2 the length of the whole change.',
  },
  epoch: { term: 'epoch', meaning: 'One pass over the training images.' },
  executor: {
    term: 'executor',
    meaning: 'What carries out the computation: a library on a processor or graphics card.',
  },
  expectedParams: {
    term: 'expected size',
    meaning:
      'The size of the finished network on average, were its operations drawn by the alphas as they are now.',
  },
  fgsm: { term: 'FGSM', meaning: 'One large step along the sign of the gradient: a quick, weak attack.' },
  genotype: {
    term: 'genotype',
    meaning: 'The result of a search: which operation stands on which edge of both cells.',
  },
  gradientMasking: {
    term: 'gradient masking',
    meaning: 'A network that only hides its gradient from the attack: it looks robust and is not.',
  },
  macs: { term: 'MACs', meaning: 'Multiply-accumulates for one image: how much a network has to compute.' },
  mgda: {
    term: 'MGDA',
    meaning:
      'Multiple-gradient descent: weighs the objectives at every step so that the step makes none of them worse. The weights are drawn here.',
  },
  node: { term: 'node', meaning: 'A feature map inside a cell: the sum of two operations.' },
  norm: {
    term: 'norm',
    meaning: 'How a change of an image is measured: L∞ by its largest pixel, L2 by its length.',
  },
  normalCell: { term: 'normal cell', meaning: 'The cell that keeps the size of the feature maps.' },
  params: { term: 'parameters', meaning: 'The trained numbers of a network; four bytes each in float32.' },
  pareto: {
    term: 'Pareto front',
    meaning: 'Networks that no other one beats in everything at once.',
  },
  partialChannels: {
    term: 'partial channels',
    meaning:
      'The candidates of the supernet see one part in K of the channels, the others pass by (PC-DARTS). The search takes less memory and time, and looks less closely.',
  },
  pgd: { term: 'PGD', meaning: 'Many small steps, each kept within ε: the standard attack.' },
  pgdAt: {
    term: 'adversarial training',
    meaning: 'Training on images that an adversary has changed, so that the network withstands it.',
  },
  primitive: {
    term: 'operation',
    meaning: 'What may stand on an edge: a convolution, a pooling, a skip connection.',
  },
  reductionCell: {
    term: 'reduction cell',
    meaning: 'The cell that halves the feature maps and doubles the channels.',
  },
  restarts: {
    term: 'restarts',
    meaning: 'How often an attack begins anew at a random point; the worst answer counts.',
  },
  retraining: {
    term: 'retraining',
    meaning: 'Training the network of the found cell from scratch. Only this gives the weights to export.',
  },
  robustAccuracy: {
    term: 'robust accuracy',
    meaning:
      'The share of images still classified rightly under an attack. It means nothing without the attack and its ε.',
  },
  searchSpace: { term: 'search space', meaning: 'All cells that a search may find.' },
  secondOrder: {
    term: 'second order',
    meaning: 'The alphas look one weight step ahead. More exact and about twice as slow as first order.',
  },
  seed: { term: 'seed', meaning: 'The same seed on the same machine repeats an experiment exactly.' },
  skipConnection: { term: 'skip connection', meaning: 'Passes a feature map on as it is.' },
  strategy: { term: 'strategy', meaning: 'How the search goes about it.' },
  supernet: {
    term: 'supernet',
    meaning: 'The network of the search: every candidate operation on every edge, mixed by the alphas.',
  },
  testSplit: {
    term: 'test images',
    meaning: 'Images that decide nothing: they are only for the final figures.',
  },
  threatModel: { term: 'threat model', meaning: 'What the adversary may do: the norm and the radius ε.' },
  validation: {
    term: 'validation images',
    meaning: 'Images that neither weights nor alphas are trained on.',
  },
} as const satisfies Readonly<Record<string, { readonly term: string; readonly meaning: string }>>;

export type TermId = keyof typeof glossary;
