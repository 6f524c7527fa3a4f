import { describe, expect, it } from 'vitest';
import {
  type ImportGraph,
  importCycles,
  importsOf,
  loadingPath,
  readImports,
} from './helpers/sourceImports.ts';

/**
 * Who may import what. The first row that matches a file decides; a file that no row matches may import nothing.
 * Targets: `folder/`, one file, `npm:package`, `node:`; `$1` is what the row's pattern caught, `!` in front forbids.
 */
type Row = readonly [from: RegExp, mayImport: readonly string[]];

const base = ['core/base/', 'npm:zod'];
const searchSpace = ['core/searchSpace/', ...base];
const computing = ['core/compute/', 'core/datasets/', ...searchSpace];
const models = ['core/models/', ...computing];
const goals = ['core/objectives/', 'core/balancing/', 'core/attacks/', ...models];
const training = ['core/training/', ...goals];
const hostPackages = [
  'npm:',
  '!npm:electron',
  '!npm:react',
  '!npm:react-dom',
  '!npm:zustand',
  '!npm:cytoscape',
];

/** The desktop program and its utility processes stand on what the terminal stands on, not on the terminal. */
const desktop = [
  ...['electron/ports/', 'headless/host/', 'headless/services/', 'core/'],
  ...['node:', 'npm:electron', 'npm:zod'],
];

/** The parts of the engine that a window may load: tensor-free at any depth. */
const windowCore = [
  'core/protocol/',
  'core/report/',
  ...[
    'events',
    'runConfig',
    'reduceRun',
    'reduceEvents',
    'runView',
    'runFolder',
    'series',
    'progress',
    'stepRows',
  ].map((name) => `core/runs/${name}.ts`),
  'core/config/jsonPlace.ts',
  ...searchSpace,
];
const windowPackages = [
  'react',
  'react-dom',
  'zustand',
  'wouter',
  'radix-ui',
  'lucide-react',
  'uplot',
  'cytoscape',
  'cytoscape-dagre',
  'cytoscape-edgehandles',
  '@tanstack/react-virtual',
  '@fontsource-variable/inter',
].map((name) => `npm:${name}`);

const rows: readonly Row[] = [
  [/^core\/base\//, base],
  [/^core\/searchSpace\//, searchSpace],
  [/^core\/config\//, ['core/config/', 'core/runs/runConfig.ts', ...searchSpace]],
  [/^core\/datasets\//, ['core/datasets/', 'npm:fflate', ...base]],
  [/^core\/compute\//, ['core/compute/', 'npm:@tensorflow/', 'npm:onnxruntime-node', ...base]],
  [/^core\/models\//, models],
  [/^core\/(attacks|balancing)\//, ['core/$1/', ...models]],
  [/^core\/objectives\//, ['core/objectives/', 'core/attacks/', ...models]],
  [/^core\/training\//, training],
  [/^core\/exporters\//, ['core/exporters/', ...training]],
  [/^core\/bilevel\//, ['core/bilevel/', 'core/strategies/strategy.ts', ...training]],
  [/^core\/strategies\/strategy\.ts$/, training],
  [/^core\/strategies\/index\.ts$/, ['core/strategies/', ...base]],
  [
    /^core\/strategies\/([^/]+)\//,
    ['core/strategies/$1/', 'core/strategies/strategy.ts', 'core/bilevel/', ...training],
  ],
  [
    /^core\/runs\//,
    [
      'core/runs/',
      'core/strategies/strategy.ts',
      'core/training/process.ts',
      'core/compute/program.ts',
      ...searchSpace,
    ],
  ],
  [
    /^core\/report\//,
    [
      'core/report/',
      ...['events', 'runConfig', 'reduceRun', 'runView', 'series', 'progress'].map(
        (name) => `core/runs/${name}.ts`,
      ),
      ...searchSpace,
    ],
  ],
  [
    /^core\/protocol\//,
    [
      'core/protocol/',
      ...['events', 'runConfig', 'runFolder', 'stepRows'].map((name) => `core/runs/${name}.ts`),
      ...searchSpace,
    ],
  ],
  // A page stands for itself: what two of them need moves to ui/, charts/, cells/ or store/.
  [
    /^renderer\/pages\/([^/]+)\//,
    [
      'renderer/pages/$1/',
      ...['api', 'store', 'shell', 'ui', 'charts', 'cells', 'studio', 'texts'].map(
        (name) => `renderer/${name}/`,
      ),
      ...windowCore,
      ...windowPackages,
    ],
  ],
  [/^renderer\//, ['renderer/', ...windowCore, ...windowPackages]],
  [/^core\/(catalog\.ts$|engine\/)/, ['core/', 'npm:zod']],
  [/^headless\/host\//, ['headless/host/', 'core/', 'node:', ...hostPackages]],
  // Their processes are started by whoever hosts them.
  [
    /^headless\/services\//,
    ['headless/services/', 'headless/host/', 'core/', 'node:', '!node:child_process', 'npm:zod'],
  ],
  [
    /^headless\/serve\//,
    ['headless/serve/', 'headless/services/', 'headless/host/', 'core/', 'node:', 'npm:ws', 'npm:zod'],
  ],
  [/^headless\//, ['headless/', 'core/', 'node:', ...hostPackages]],
  [/^electron\/preload\//, ['npm:electron']],
  [/^electron\/main\//, ['electron/main/', ...desktop]],
  [/^electron\/(ports|utility)\//, ['electron/utility/', ...desktop]],
  // What builds and starts it.
  [
    /^electron\/[^/]+\.mjs$/,
    ['electron/', 'headless/cli/main.ts', 'node:', 'npm:esbuild', 'npm:sharp', 'npm:tsx'],
  ],
  // It measures the window as the tests of the window start it.
  [
    /^bench\/window/,
    ['bench/', 'test/browser/', 'headless/', 'renderer/texts/', 'core/', 'node:', 'npm:playwright-core'],
  ],
  [/^bench\//, ['bench/', 'headless/', 'renderer/studio/', 'core/', 'node:', ...hostPackages]],
  [
    /^test\//,
    ['test/', 'bench/', 'electron/', 'headless/', 'renderer/', 'core/', 'node:', 'npm:', '!npm:electron'],
  ],
];

/** Files that windows, lists and the desktop's main process load: they never pull in the tensor library, at any depth. */
const tensorFree =
  /^core\/(base|config|searchSpace|report)\/|^electron\/main\/|^core\/runs\/(runConfig|events|files|reduceRun|runView|progress)\.ts$/;
const isTensorCode = (file: string) => file === 'core/compute/tf.ts' || file.startsWith('npm:@tensorflow/');

function violations(graph: ImportGraph): string[] {
  return [...graph].flatMap(([file, imports]) => {
    const row = rows.find(([from]) => from.test(file));
    const caught = row?.[0].exec(file)?.[1] ?? '';
    const allowed = (row?.[1] ?? []).map((target) => target.replace('$1', caught));
    const matches = (target: string, to: string) =>
      /[/:]$/.test(target) ? to.startsWith(target) : to === target;
    return imports
      .filter(
        ({ to }) =>
          !allowed.some((target) => matches(target, to)) ||
          allowed.some((target) => target.startsWith('!') && matches(target.slice(1), to)),
      )
      .map(({ to }) => `${file} may not import ${to}`);
  });
}

function tensorPaths(graph: ImportGraph): string[] {
  return [...graph.keys()]
    .filter((file) => tensorFree.test(file))
    .flatMap((file) => loadingPath(graph, file, isTensorCode)?.join(' → ') ?? []);
}

const graph = readImports(['core', 'headless', 'bench', 'test', 'electron', 'renderer']);

describe('the layers', () => {
  it('import only what stands below them', () => {
    expect(violations(graph)).toEqual([]);
  });

  it('keep the tensor library out of what windows and reports load, at any depth', () => {
    expect(tensorPaths(graph)).toEqual([]);
    expect(loadingPath(graph, 'core/models/programs.ts', isTensorCode)).toBeDefined();
  });

  it('have no circles among the files of core', () => {
    const core = new Map([...graph].filter(([file]) => file.startsWith('core/')));
    expect(importCycles(core).map((cycle) => cycle.join(' → '))).toEqual([]);
  });
});

describe('the layer check', () => {
  const planted = (file: string, text: string): ImportGraph => new Map([[file, importsOf(file, text)]]);

  it.each([
    [
      'core/strategies/pcdarts/index.ts',
      "import { x } from '../darts/architect.ts';",
      'core/strategies/darts/architect.ts',
    ],
    ['core/models/cell.ts', "export { x } from '../training/retrain.ts';", 'core/training/retrain.ts'],
    ['core/runs/runner.ts', "const a = await import('node:fs');", 'node:fs'],
    ['core/attacks/pgd.ts', "import type { Tensor } from '@tensorflow/tfjs';", 'npm:@tensorflow/tfjs'],
    ['core/base/units.ts', "type T = import('../runs/events.ts').RunEvent;", 'core/runs/events.ts'],
    ['core/report/page.ts', "import '../runs/runner.ts';", 'core/runs/runner.ts'],
    ['headless/cli/main.ts', "import { app } from 'electron';", 'npm:electron'],
    ['headless/host/clock.ts', "import { print } from '../cli/output.ts';", 'headless/cli/output.ts'],
    ['core/engine/load.ts', 'const a = await import(name);', 'computed:name'],
    ['newFolder/file.ts', "import { assert } from '../core/base/errors.ts';", 'core/base/errors.ts'],
  ])('refuses it when %s says %s', (file, text, target) => {
    expect(violations(planted(file, text))).toEqual([`${file} may not import ${target}`]);
  });

  it('lets neighbours, lower floors and named packages pass', () => {
    const text =
      "import { z } from 'zod'; import { y } from './y.ts'; import { assert } from '../../base/errors.ts';";
    expect(violations(planted('core/strategies/darts/index.ts', text))).toEqual([]);
  });

  it('follows imports to the tensor library, but not imports of types', () => {
    const through = (word: string): ImportGraph =>
      new Map([
        ['core/report/page.ts', importsOf('core/report/page.ts', "import { a } from '../searchSpace/a.ts';")],
        [
          'core/searchSpace/a.ts',
          importsOf('core/searchSpace/a.ts', `${word} { tf } from '../compute/tf.ts';`),
        ],
      ]);
    expect(tensorPaths(through('import'))).toEqual([
      'core/report/page.ts → core/searchSpace/a.ts → core/compute/tf.ts',
      'core/searchSpace/a.ts → core/compute/tf.ts',
    ]);
    expect(tensorPaths(through('import type'))).toEqual([]);
  });

  it('finds a circle', () => {
    const circle: ImportGraph = new Map([
      ['core/a.ts', [{ to: 'core/b.ts', typeOnly: false }]],
      ['core/b.ts', [{ to: 'core/a.ts', typeOnly: true }]],
    ]);
    expect(importCycles(circle)).toEqual([['core/a.ts', 'core/b.ts', 'core/a.ts']]);
  });
});
