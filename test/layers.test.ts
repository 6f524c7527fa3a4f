import { describe, expect, it } from 'vitest';
import {
  type ImportGraph,
  importCycles,
  importsOf,
  loadingPath,
  readImports,
} from './helpers/sourceImports.ts';
import { rows } from './layerRows.ts';

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
