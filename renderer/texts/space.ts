/** Words of the step that chooses the search space. */
import { compact, count } from '../../core/report/format.ts';
import type { PrimitiveId } from '../../core/searchSpace/genotype.ts';

const plural = (n: number, one: string, many: string): string => `${count(n)} ${n === 1 ? one : many}`;

export const space = {
  operations: 'Candidate operations',
  operationsAbout:
    'What the search may put on an edge of the cell. Fewer candidates make it faster, more give it more to find.',
  preset: 'Ready-made space',
  presets: { darts: 'DARTS', small: 'Small', tiny: 'Tiny', own: 'Own choice' },
  presetsAbout: {
    darts: 'The published space: eight candidates, four nodes.',
    small:
      'Without the 5×5 kernels, three nodes: half the time to compile, and little is lost on small images.',
    tiny: 'The same candidates with two nodes, for a first look.',
    own: 'Your own choice of candidates and nodes.',
  },
  chosen: (n: number, all: number) => `${n} of ${all} candidates chosen.`,
  families: {
    separable: 'Separable convolutions',
    dilated: 'Dilated convolutions',
    convolution: 'Other convolutions',
    pooling: 'Pooling',
    skip: 'Skip connection',
    none: 'None',
  },
  about: {
    none: 'Lets the search weaken an edge. It is never part of the found cell, where every node keeps two other operations.',
    max_pool_3x3: 'The largest value around each place.',
    avg_pool_3x3: 'The mean around each place.',
    skip_connect: 'Passes the feature map on; with a small convolution where it is halved.',
    sep_conv_3x3: 'Two small convolutions per channel, each followed by a mix of channels.',
    sep_conv_5x5: 'The same with a larger kernel: sees further, costs more.',
    sep_conv_7x7: 'The same with the largest kernel.',
    dil_conv_3x3: 'One convolution with gaps: sees as far as 5×5 at the price of 3×3.',
    dil_conv_5x5: 'One convolution with gaps that sees as far as 9×9.',
    conv_7x1_1x7: 'A row and a column kernel across all channels: by far the most weights.',
  } satisfies Readonly<Record<PrimitiveId, string>>,
  noWeights: 'no weights',
  onlyWhenHalving: (params: number) => `${compact(params)} weights, only where it halves`,
  weights: (params: number) => `${compact(params)} weights an edge`,
  costBasis: (channels: number) => `Weights are those of one edge at ${channels} channels.`,
  cell: 'The cell',
  cellAbout:
    'Each node adds up two of the edges that lead into it. Before the search all edges carry all candidates.',
  nodes: 'Nodes in the cell',
  drawing: (nodes: number, edges: number, candidates: number) =>
    `Cell of the supernet: ${plural(nodes, 'node', 'nodes')}, ${plural(edges, 'edge', 'edges')}, ${plural(candidates, 'candidate', 'candidates')} on each. Every node reads both inputs and all nodes before it; all nodes are put side by side as the output.`,
  output: 'output: all nodes side by side',
  noSpace: 'Choose at least two operations to see the cell.',
  size: 'Size of the space',
  about10: (power: number) => `about 10${superscript(power)}`,
  exactly: (digits: string) => `exactly ${digits} pairs of a normal and a reduction cell`,
  edges: 'Edges × candidates',
  edgesValue: (edges: number, candidates: number) => `${edges} × ${candidates}, in both kinds of cell`,
  alphas: 'Alphas to learn',
  betas: 'Betas to learn',
  supernetParams: 'Weights of the supernet',
  memory: 'Memory of the search, at least',
  memoryAbout: (weights: string, features: string, batch: number) =>
    `${weights} for weights, gradients and momentum, ${features} for what the candidates leave behind on a batch of ${batch} images. The review measures what it really takes.`,
  network: 'Supernet and network',
  networkAbout:
    'The search runs in a small supernet; the cells it finds are stacked into the network that is trained, measured and exported. Two of the cells halve the feature maps and double the channels.',
  supernet: 'Supernet of the search',
  built: 'Network built from the found cell',
  cells: 'Cells',
  channels: 'Channels',
  cellsHint: 'from 1 to 50; three or more to search both kinds',
  channelsHint: 'of the first cell; even, from 2 to 256',
  partial: 'Partial channels',
  partialHint: 'K; divides the channels; 1 = all channels',
  partialOff:
    'off. With K = 4 the candidates see a quarter of the channels and leave behind about a quarter as much: the search takes less memory and time. The finished network keeps all its channels.',
  partialOn: (seen: number, channels: number, parts: number) =>
    `the candidates see ${seen} of ${channels} channels, the others pass by. They leave behind about 1/${parts} as much, so that the search takes less memory and time; the finished network keeps all its channels.`,
  stage: (channels: number) => `${channels} channels`,
  stageSize: (cells: number, size: number) => `${cells} at ${size}×${size}`,
  legend: 'Drawn dashed: reduction cells. Higher boxes are larger feature maps.',
  normal: 'normal cell',
  reduction: 'reduction cell',
  stem: 'images',
  stemAbout: (size: number, channels: number) => `${size}×${size}, ${channels === 1 ? 'grey' : 'colour'}`,
  classifier: 'classes',
  classifierAbout: (classes: number) => String(classes),
  cellAt: (index: number, kind: string, channels: number, size: number) =>
    `Cell ${index + 1}: ${kind}, ${channels} channels, ${size}×${size} pixels`,
  summary: (cells: number, channels: number) => `${plural(cells, 'cell', 'cells')}, ${channels} channels`,
  assumed: (classes: number, size: number) =>
    `The data has not been looked at yet; counted for ${classes} classes and images of ${size}×${size} pixels.`,
  resizeTo: (size: number) => `Resize the images to ${size}×${size}`,
  expertSupernet: 'The supernet’s own size is set in the expert view.',
} as const;

function superscript(n: number): string {
  return Array.from(String(n), (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('');
}
