/** Words of the cell studio. */
import { compact, count } from '../../core/report/format.ts';
import { opName, stateName } from '../../core/report/names.ts';
import type { CellKind, PrimitiveId } from '../../core/searchSpace/genotype.ts';
import type { Edit, Refusal } from '../studio/model/edit.ts';
import { nodeOf } from '../studio/model/edit.ts';
import type { Problem } from '../studio/model/problems.ts';
import { isolated } from './isolated.ts';

const cells: Readonly<Record<CellKind, string>> = { normal: 'Normal cell', reduce: 'Reduction cell' };

const list = (names: readonly string[]): string => names.join(', ');

export const studio = {
  title: 'Cell studio',
  opening: 'Opening the studio …',
  nothingToUndo: 'nothing to undo',
  nothingToRedo: 'nothing to redo',
  about:
    'Draw a cell, change it, and see at once how large its network becomes. A cell that you like can be kept as a variant and trained.',
  cells,
  alpha: 'alpha',
  share: 'share of the edge',
  params: 'parameters',
  macs: 'MACs',
  noWeights: 'no weights',
  size: 'size',
  operation: 'Operation',
  reads: (from: string, node: number) => `${from} → node ${node}`,
  change: (edit: Edit, before: { readonly op: PrimitiveId; readonly from: number } | undefined) => {
    const at = (edge: number): string => `${cells[edit.cell]}, node ${nodeOf(edge)}`;
    switch (edit.kind) {
      case 'operation':
        return `${at(edit.edge)}: ${before === undefined ? '' : `${opName(before.op)} → `}${opName(edit.op)}`;
      case 'source':
        return `${at(edit.edge)}: ${before === undefined ? '' : `${stateName(before.from)} → `}${stateName(edit.from)}`;
      case 'concat':
        return `${cells[edit.cell]}: ${stateName(edit.state)} ${edit.isIncluded ? 'joins' : 'leaves'} the output`;
    }
  },
  refused: (refusal: Refusal): string => {
    switch (refusal.kind) {
      case 'zeroOperation':
        return '‘none’ passes nothing on: a kept edge needs another operation.';
      case 'outsideSpace':
        return `${opName(refusal.op)} is not in this experiment’s search space. Allow operations outside it to use it.`;
      case 'sameState':
        return `Node ${refusal.node} already reads ${stateName(refusal.from)}: its two inputs must differ.`;
      case 'notBefore':
        return `Node ${refusal.node} cannot read ${stateName(refusal.from)}, which comes after it: the cell would run in a circle.`;
      case 'inputInOutput':
        return `${stateName(refusal.state)} is an input of the cell; only nodes go into its output.`;
      case 'emptyOutput':
        return 'At least one node has to go into the output.';
    }
  },
  inputTaken: 'read by the other input',
  noDeleting: 'Every node keeps two inputs: an edge can be changed, but not removed.',
  problem: (problem: Problem): string => {
    switch (problem.kind) {
      case 'zeroOperation':
        return `${cells[problem.cell]}: an input of node ${problem.node} is ‘none’ and passes nothing on. Choose another operation before you train it.`;
      case 'sameState':
        return `${cells[problem.cell]}: node ${problem.node} reads ${stateName(problem.from)} twice. It can be trained; a search would not find it.`;
      case 'inputInOutput':
        return `${cells[problem.cell]}: ${stateName(problem.state)} goes straight into the output${problem.cell === 'reduce' ? ', but is twice as large as the nodes. Take it out before you train it.' : '.'}`;
      case 'outsideSpace':
        return `Not in the search space of this experiment: ${list(problem.ops.map(opName))}.`;
      case 'nodes':
        return `${cells[problem.cell]}: ${problem.nodes} ${problem.nodes === 1 ? 'node' : 'nodes'}, where this experiment searched cells of ${problem.expected}.`;
    }
  },
  began: (title: string) => `Began with ${isolated(title)}`,
  loaded: (title: string) => `Opened ${isolated(title)}`,
  unsavedKept: 'Edits are kept by themselves, also when the window is closed.',
  keptByNewer: (format: number) =>
    `The variants were written by a newer version of Cellsmith (format ${format}). They are left as they are, and nothing is kept in this window.`,
  editing: (title: string, isEdited: boolean) => (isEdited ? `${isolated(title)}, edited` : title),
  headline: (title: string) => title.replace(/^the /, 'The '),
  graph: {
    output: 'output',
    keys: 'Arrow keys choose an edge, plus and minus zoom, 0 shows the whole cell. The same cell can be edited as a table.',
    tools: (title: string) => `Drawing of the ${title}`,
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    fit: 'Show the whole cell',
    resetLayout: 'Put all parts back',
    nothingMoved: 'no part was moved',
    save: 'Save the drawing',
    png: 'Save as PNG',
    svg: 'Save as SVG',
    said: ({ name, from, node, alpha, share, params }: SaidOperation) =>
      `${name}, ${stateName(from)} to node ${node}${alpha === undefined ? '' : `, alpha ${alpha.toFixed(2)}`}${share === undefined ? '' : `, share of the edge ${share.toFixed(2)}`}${params === undefined ? '' : `, ${count(params)} parameters`}`,
    legend: 'Families of operations',
    hint: 'Click an operation to change it; drag the dot at the start of its line to another state to reconnect it. Ctrl and the wheel zoom.',
  },
  table: {
    about: 'Arrow keys move between fields; Enter or Space opens one.',
    caption: (cell: string) => `${cell} as a table`,
    node: 'Node',
    input: (n: number) => `Input ${n}`,
    source: 'reads',
    op: 'operation',
    sourceOf: (n: number, node: number) => `Node ${node}, input ${n}: reads`,
    opOf: (n: number, node: number) => `Node ${node}, input ${n}: operation`,
    output: 'Output',
    inOutput: (state: string) => `${state} goes into the output`,
  },
  inspector: {
    nothing: 'Nothing chosen',
    nothingAbout: 'Choose an operation in a drawing or a field in a table.',
    edge: (node: number, input: number) => `Node ${node}, input ${input}`,
    source: 'Reads',
    sourceWithShare: (state: string, share: number | undefined) =>
      share === undefined ? state : `${state}, share ${share.toFixed(3)}`,
    shareAbout:
      'Share: how much an edge counts in its node (softmax of the betas). The search keeps the edges whose share times alpha is greatest.',
    operations: 'Operations on this edge',
    here: 'here',
    hereAbout: (cell: string) => `in every ${cell.toLowerCase()} of the network together`,
    beyond: 'Allow operations outside the search space',
    beyondAbout: 'The search did not consider them; the network can be trained all the same.',
    unweighed: 'not weighed',
  },
  counts: {
    label: 'Size of the network',
    more: (n: number) => (n === 0 ? 'as the original' : `${n > 0 ? '+' : '\u2212'}${compact(Math.abs(n))}`),
    moreThan: (title: string) => `against ${isolated(title)}`,
    bounds: (low: string | undefined, high: string | undefined) =>
      low === undefined
        ? `at most ${high ?? ''}`
        : high === undefined
          ? `at least ${low}`
          : `${low} to ${high}`,
    within: 'in bounds',
    below: 'too small',
    above: 'too large',
    megabytes: (bytes: number) => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 2 : 1)}\u202fMB`,
    network: (cellCount: number, channels: number, classes: number, size: number) =>
      `${cellCount} cells of ${channels} channels, ${classes} classes, images of ${size}×${size}`,
    assumedSize: 'The size of the images is not on record yet: MACs are those of 32×32.',
    mend: 'Sizes are shown once the fields of the network above are right.',
    unknown: 'Sizes are shown once the run has derived its first cell.',
  },
  history: {
    title: 'History',
    about: (n: number) => `${count(n)} ${n === 1 ? 'step' : 'steps'}`,
  },
  views: { label: 'What is shown', graph: 'Drawing', table: 'Table', both: 'Both' },
  modes: { label: 'Edit or compare', edit: 'Edit', compare: 'Compare' },
  seconds: { label: 'Under the names', alpha: 'alpha', params: 'parameters' },
} as const;

interface SaidOperation {
  readonly name: string;
  readonly from: number;
  readonly node: number;
  readonly alpha?: number;
  readonly share?: number;
  readonly params?: number;
}
