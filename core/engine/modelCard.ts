/** The model card: what an exported network is, what was measured of it and under which conditions, in Markdown. */
import {
  accuracy,
  attackName,
  compact,
  count,
  dateTime,
  interval,
  normName,
  percent,
  radius,
  significant,
} from '../report/format.ts';
import { boundsOf, boundsText } from '../report/compare.ts';
import { ruleName } from '../report/names.ts';
import type { ExportVerdict, RobustCounted, RunEvent } from '../runs/events.ts';
import type { RunConfig } from '../runs/runConfig.ts';
import type { Genotype } from '../searchSpace/genotype.ts';
import { printGenotype } from '../searchSpace/genotypeText.ts';
import type { Skeleton } from '../searchSpace/space.ts';

export interface ModelCardFacts {
  readonly name: string;
  /** When the card is written; milliseconds since 1970. */
  readonly at: number;
  readonly dataset: {
    readonly id: string;
    readonly title: string;
    /** SHA-256 of pixels, labels and classes. */
    readonly hash: string;
    readonly classes: readonly string[];
    readonly testFrom: 'test' | 'train';
  };
  /** Numbers of images that trained the weights, chose nothing but were watched, and measured the result. */
  readonly images: { readonly train: number; readonly validation: number; readonly test: number };
  readonly skeleton: Skeleton;
  readonly genotype: Genotype;
  /** How the genotype was chosen, and the configuration it was searched under. */
  readonly derived: Extract<RunEvent, { kind: 'derived' }>;
  readonly search: RunConfig;
  readonly retrained: Extract<RunEvent, { kind: 'retrained' }>;
  /** The configuration the network was trained under. */
  readonly training: RunConfig;
  /** Left out where nothing was measured since the network was trained. */
  readonly evaluated?: Extract<RunEvent, { kind: 'evaluated' }>;
  readonly exports: readonly ExportVerdict[];
  /** By name of what computed. */
  readonly versions: Readonly<Record<string, string>>;
  readonly device: string;
}

/** The card's text. Every accuracy stands with its sample size and interval, every robust one with its attack. */
export function modelCard(facts: ModelCardFacts): string {
  return `${[
    `# ${plain(facts.name)}`,
    `An image classifier built from the cells of the genotype below and trained from scratch. Written by Cellsmith on ${dateTime(facts.at)}.`,
    use(facts),
    model(facts),
    data(facts),
    search(facts),
    training(facts),
    measured(facts),
    files(facts),
    section('Genotype', ['```python', printGenotype(facts.genotype), '```']),
    section('Versions', [
      ...Object.entries(facts.versions).map(([name, version]) => `- ${plain(name)} ${plain(version)}`),
      `- exported on: ${plain(facts.device)}`,
    ]),
  ].join('\n\n')}\n`;
}

function use({ dataset, skeleton, evaluated }: ModelCardFacts): string {
  const { imageSize, imageChannels, classes } = skeleton;
  const attacked = (evaluated?.robust.length ?? 0) > 0;
  return section('Intended use and limits', [
    `- It tells ${count(classes)} classes apart, in images of ${imageSize}×${imageSize} pixels with ${imageChannels === 1 ? '1 channel' : `${imageChannels} channels`}. Pixel values go in as they are, in [0, 1]: the network normalises them itself.`,
    `- It was trained and measured on images of one source (${plain(dataset.title)}). For images of another kind, of another camera or of other classes, the numbers below say nothing.`,
    '- It always names one of its classes, also for images that show none of them. Its logits are not calibrated probabilities.',
    attacked
      ? '- The accuracies under attack hold for the attacks in the table and these only. A stronger attack can lower them; none of them is a guarantee.'
      : '- Its accuracy under adversarial attack was not measured. Without adversarial training, small changes that a person does not see can usually turn its answers.',
    '- It was not examined for fairness, and not for use where an error does harm.',
  ]);
}

function model({ skeleton, retrained }: ModelCardFacts): string {
  return section('Model', [
    ...table(
      ['', ''],
      [
        ['Parameters', `${count(retrained.params)} (${compact(retrained.params)}), without auxiliary head`],
        ['Multiply-accumulates', `${count(retrained.macs)} (${compact(retrained.macs)}) per image`],
        ['Cells', count(skeleton.cells)],
        ['Channels of the first cell', count(skeleton.channels)],
        ['Input', `${skeleton.imageSize}×${skeleton.imageSize}×${skeleton.imageChannels}, in [0, 1]`],
        ['Output', `${count(skeleton.classes)} logits, in the order of the classes below`],
      ],
    ),
  ]);
}

function data({ dataset, images }: ModelCardFacts): string {
  const test =
    dataset.testFrom === 'test'
      ? 'the test part of the data set'
      : 'set aside from the training part, since the data set has no test part';
  return section('Data', [
    `- Source: ${plain(dataset.title)} (\`${dataset.id}\`)`,
    `- SHA-256 of pixels, labels and classes: \`${dataset.hash}\``,
    `- Classes: ${dataset.classes.map(plain).join(', ')}`,
    `- Trained on ${count(images.train)} images, validated on ${count(images.validation)}, tested on ${count(images.test)} (${test})`,
  ]);
}

function search({ derived, search: config }: ModelCardFacts): string {
  if (derived.strategy === 'given') {
    return section('Search', [
      '- None in this run: the genotype was given by a person. Nothing is known here of how it was found, nor whether images of the test split had a part in it.',
    ]);
  }
  const { strategy, space, budget, cells, channels, partialChannels, epochs, batchSize } = config.search;
  const bounds = (['params', 'macs'] as const).flatMap((quantity) => {
    const text = boundsText(boundsOf(budget, quantity));
    return text === undefined ? [] : [`${quantity === 'params' ? 'parameters' : 'MACs'} ${text}`];
  });
  const settings = Object.entries(strategy.config).map(
    ([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const how =
    strategy.id === 'random'
      ? []
      : [
          `- ${count(epochs)} epochs in batches of ${count(batchSize)}, on a supernet of ${count(cells)} cells and ${count(channels)} channels${partialChannels === 1 ? '' : `, of which candidates see 1/${partialChannels} (partial channels)`}`,
        ];
  return section('Search', [
    `- Genotype by the strategy \`${strategy.id}\`; ${plain(ruleName(derived.rule))}`,
    ...how,
    `- Settings: ${settings.length > 0 ? `\`${settings.join(', ').replaceAll(/[`\s]+/g, ' ')}\`` : 'none but the defaults'}`,
    `- Candidate operations: ${plain(space.primitives.join(', '))}; ${count(space.nodes)} ${space.nodes === 1 ? 'node' : 'nodes'} per cell`,
    `- Bounds: ${bounds.length > 0 ? bounds.join('; ') : 'none'}`,
    `- Seed ${config.seed}, executor \`${config.executor}\``,
  ]);
}

function training({ retrained, training: config }: ModelCardFacts): string {
  const { retrain, network, data: prepared, seed, executor } = config;
  const augmented = [
    ...(prepared.flip ? ['random horizontal flips'] : []),
    ...(prepared.crop > 0 ? [`random crops after padding by ${prepared.crop} pixels`] : []),
    ...(prepared.cutout > 0 ? [`cutout of ${prepared.cutout}×${prepared.cutout} pixels`] : []),
  ];
  return section('Training', [
    `- Recipe: ${plain(retrained.recipe)}`,
    `- ${count(retrain.epochs)} epochs in batches of ${count(retrain.batchSize)}; SGD with learning rate ${significant(retrain.learningRate)} ${retrain.warmup > 0 ? `rising during the first ${percent(retrain.warmup)} of the steps and then ` : ''}falling by a cosine to 0, momentum ${significant(retrain.momentum)}, weight decay ${significant(retrain.weightDecay)}, gradients ${retrain.clipNorm > 0 ? `clipped to an L2 norm of ${significant(retrain.clipNorm)}` : 'not clipped'}`,
    `- Augmentation: ${augmented.length > 0 ? augmented.join(', ') : 'none'}`,
    `- Drop-path probability ${significant(network.dropPath)}; ${network.auxiliary ? `auxiliary head of weight ${significant(network.auxiliaryWeight)} while training` : 'no auxiliary head'}`,
    `- Seed ${seed}, executor \`${executor}\``,
  ]);
}

function measured({ evaluated, retrained, images }: ModelCardFacts): string {
  if (evaluated === undefined) {
    return section('Measured', [
      `Nothing was measured on the test images yet. On the ${count(images.validation)} validation images the network was right on ${percent(retrained.validationAccuracy)}.`,
    ]);
  }
  const { clean, robust } = evaluated;
  return section('Measured', [
    'On test images, which nothing was trained on or chosen by. The intervals are 95 % Wilson intervals over the images; they do not tell how much another training would differ.',
    '',
    ...table(
      ['Images', 'Norm', 'ε', 'Steps', 'Step size', 'Restarts', 'n', 'Accuracy', '95 % interval'],
      [
        ['unchanged', '–', '–', '–', '–', '–', count(clean.n), accuracy(clean), interval(clean)],
        ...robust.map(robustRow),
      ],
    ),
    ...(robust.length > 0
      ? [
          '',
          'Under attack an image counts as right only if the network is right on the image itself and at every point that the attack visits.',
        ]
      : []),
  ]);
}

function robustRow(r: RobustCounted): string[] {
  return [
    attackName(r),
    normName(r.norm),
    radius(r.epsilon, r.norm),
    count(r.steps),
    radius(r.stepSize, r.norm),
    count(r.restarts),
    count(r.n),
    accuracy(r),
    interval(r),
  ];
}

function files({ exports }: ModelCardFacts): string {
  if (exports.length === 0) return section('Files', ['No format was asked for.']);
  return section('Files', [
    'Paths are relative to the run’s folder. Verified: opened again after it was written, by the runtime named, and compared with the trained network.',
    '',
    ...table(
      ['Format', 'File', 'Verified', 'How'],
      exports.map(({ format, path, verified, verdict }) => [
        format,
        `\`${path}\``,
        verified ? 'yes' : 'no',
        plain(verdict),
      ]),
    ),
  ]);
}

function section(title: string, lines: readonly string[]): string {
  return [`## ${title}`, '', ...lines].join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

/** Text of others as text: nothing in it is Markdown or HTML, and it stays on its line. */
function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_{}[\]<>|#~&]/g, (sign) => `\\${sign}`);
}
