/** The evaluation of a small trained network: a curve over ε, matrices, a gallery, and what it costs. */
import { beforeAll, describe, expect, it } from 'vitest';
import { hostTensor } from '../../../core/compute/program.ts';
import type { Executor } from '../../../core/compute/executor.ts';
import { continueRun, planPhases } from '../../../core/engine/run.ts';
import { runPlan } from '../../../core/engine/phases.ts';
import { readNetwork, writeNetwork } from '../../../core/engine/networkFile.ts';
import { summarise } from '../../../core/engine/summary.ts';
import { Gallery } from '../../../core/protocol/gallery.ts';
import { attackKey } from '../../../core/runs/measured.ts';
import { reduceRun } from '../../../core/runs/reduceRun.ts';
import type { Phase, RunEvent } from '../../../core/runs/events.ts';
import type { RunConfig } from '../../../core/runs/runConfig.ts';
import { AttackConfig } from '../../../core/runs/runConfig.ts';
import { emptyView } from '../../../core/runs/runView.ts';
import type { Genotype } from '../../../core/searchSpace/genotype.ts';
import { openForTest } from '../../helpers/executors.ts';
import { memoryFiles } from '../../helpers/memoryFiles.ts';
import type { MemoryFiles } from '../../helpers/memoryFiles.ts';
import { begin, smallConfig, smallHost } from './smallRun.ts';
import type { Small } from './smallRun.ts';

const cell = {
  edges: [
    { op: 'sep_conv_3x3' as const, from: 0 },
    { op: 'max_pool_3x3' as const, from: 1 },
  ],
  concat: [2],
};
const genotype: Genotype = { normal: cell, reduce: cell };
const radii = [0, 1, 2, 4, 8, 16, 64].map((k) => k / 255);
const curve = radii.map((epsilon) => AttackConfig.parse({ epsilon, steps: 4, limit: 30 }));
const config = smallConfig({
  genotype,
  network: { cells: 3, channels: 8, dropPath: 0 },
  data: { source: 'shapes10', imageSize: 8, crop: 0, limit: 600, testLimit: 40 },
  retrain: { epochs: 10, batchSize: 16, learningRate: 0.1 },
  evaluate: curve,
});

/** How often each program is compiled and run. */
function counting(executor: Executor, compiled: string[], ran: string[]): Executor {
  return {
    ...executor,
    async compile(program) {
      compiled.push(program.id);
      const made = await executor.compile(program);
      return {
        ...made,
        run(feeds) {
          ran.push(program.id);
          return made.run(feeds);
        },
      };
    },
    dispose: () => Promise.resolve(),
  };
}

interface Measured {
  readonly events: readonly RunEvent[];
  readonly compiled: readonly string[];
  readonly ran: readonly string[];
}

async function evaluate(
  files: MemoryFiles,
  plan: RunConfig,
  phases: readonly Phase[] = ['evaluate'],
): Promise<Measured> {
  const compiled: string[] = [];
  const ran: string[] = [];
  const executor = counting(await openForTest(plan.executor), compiled, ran);
  const host = {
    ...smallHost(files),
    openExecutor: () => Promise.resolve({ executor, device: 'a processor' }),
  };
  const run = await continueRun(host);
  try {
    await planPhases(run, plan, phases);
    await runPlan(run, plan, host);
    return { events: [...run.events], compiled, ran };
  } finally {
    await run.close();
  }
}

const of = <K extends RunEvent['kind']>(events: readonly RunEvent[], kind: K) =>
  events.filter((e): e is Extract<RunEvent, { kind: K }> => e.kind === kind);

let trained: Small;
let measured: Measured;
let files: MemoryFiles;
beforeAll(async () => {
  trained = await begin(config, ['retrain']);
  files = memoryFiles(new Map(trained.files.disk));
  measured = await evaluate(files, config);
}, 60_000);

describe('a curve over ε', () => {
  it('has a point for every radius, begins at the clean accuracy and falls', () => {
    const [evaluated] = of(measured.events, 'evaluated');
    expect(evaluated.robust.map(({ epsilon }) => epsilon)).toEqual(radii);
    const right = evaluated.robust.map(({ accuracy, n }) => Math.round(accuracy * n));
    expect(right).toEqual([...right].sort((a, b) => b - a));
    expect(right[0]).toBeGreaterThan(right[right.length - 1] + 5);
    const [clean] = of(measured.events, 'confusion');
    expect(clean.attack).toBeUndefined();
    expect(evaluated.clean.n).toBe(40);
  });

  it('compiles each program once and looks at the clean images once', async () => {
    expect([...measured.compiled].sort()).toEqual(['trained.found.attack', 'trained.found.logits']);
    const clean = await evaluate(memoryFiles(new Map(trained.files.disk)), { ...config, evaluate: [] });
    const asked = (program: string): number => clean.ran.filter((id) => id === program).length;
    expect([asked('trained.found.logits'), asked('trained.found.attack')]).toEqual([1, 0]);
    // An attack of one batch takes a pass a step; only its very last points need no gradient.
    const attacked = radii.length - 1;
    expect(measured.ran.filter((id) => id === 'trained.found.logits').length).toBeLessThanOrEqual(
      1 + attacked,
    );
    expect(measured.ran.filter((id) => id === 'trained.found.attack').length).toBeLessThanOrEqual(
      4 * attacked,
    );
  });

  it('gives each attack the result that it has alone, whatever its place in the list', async () => {
    const alone = { ...config, evaluate: [curve[3]] };
    const { events } = await evaluate(memoryFiles(new Map(trained.files.disk)), alone);
    expect(of(events, 'evaluated')[0].robust).toEqual([of(measured.events, 'evaluated')[0].robust[3]]);
  });
});

describe('the matrices', () => {
  it('are one for clean images and one for each attack, and agree with the accuracies', () => {
    const [evaluated] = of(measured.events, 'evaluated');
    const matrices = of(measured.events, 'confusion');
    expect(matrices).toHaveLength(1 + radii.length);
    const figures = [evaluated.clean, ...evaluated.robust];
    matrices.forEach(({ matrix, classes, n, attack }, i) => {
      expect(classes).toHaveLength(10);
      expect([matrix.length, ...matrix.map((row) => row.length)]).toEqual(
        Array.from({ length: 11 }, () => 10),
      );
      expect(n).toBe(figures[i].n);
      expect(matrix.flat().reduce((a, b) => a + b)).toBe(n);
      const right = matrix.reduce((sum, row, k) => sum + row[k], 0);
      expect(right).toBe(Math.round(figures[i].accuracy * n));
      if (i > 0) expect(attack && attackKey(attack)).toBe(attackKey(evaluated.robust[i - 1]));
    });
  });
});

describe('the gallery', () => {
  it('is of the last attack, in a file of its own', async () => {
    const [event, ...rest] = of(measured.events, 'gallery');
    expect(rest).toEqual([]);
    expect(event).toMatchObject({ label: 'found', path: 'galleries/found.json' });
    const gallery = Gallery.parse(JSON.parse(await files.readText(event.path)));
    expect(gallery.attack).toEqual(of(measured.events, 'evaluated')[0].robust.at(-1));
    expect(gallery.examples).toHaveLength(event.n);
    expect(gallery.examples.some(({ label, after }) => label !== after)).toBe(true);
    expect(gallery.examples.every(({ label, before }) => label === before)).toBe(true);
    expect(gallery.clean).toMatchObject({ count: event.n, height: 8, width: 8, channels: 3 });
  });

  it('is not made without an attack, or of one that changes nothing', async () => {
    for (const list of [[], [curve[0]]]) {
      const fresh = memoryFiles(new Map(trained.files.disk));
      const { events } = await evaluate(fresh, { ...config, evaluate: list });
      expect(of(events, 'gallery')).toEqual([]);
      expect(await fresh.exists('galleries')).toBe(false);
    }
  });
});

describe('a later evaluation', () => {
  it('adds its attacks to those before, until the network is trained anew', async () => {
    const later = memoryFiles(new Map(files.disk));
    const more = AttackConfig.parse({ attack: 'fgsm', epsilon: 4 / 255 });
    const { events } = await evaluate(later, { ...config, evaluate: [more] });
    const view = events.reduce(reduceRun, emptyView);
    expect(view.evaluated[0].robust.map(({ attack }) => attack)).toEqual([...radii.map(() => 'pgd'), 'fgsm']);
    expect(view.confusions).toHaveLength(2 + radii.length);
    const summary = summarise(events);
    // What was planned stands for the network.
    expect(summary.robust).toMatchObject({ attack: 'pgd' });
    expect(summary.attacks).toEqual(view.evaluated[0].robust);
    const anew = await evaluate(later, { ...config, retrain: { ...config.retrain, epochs: 1 } }, ['retrain']);
    const after = anew.events.reduce(reduceRun, emptyView);
    expect([after.evaluated, after.confusions, after.galleries]).toEqual([[], [], []]);
    expect(summarise(anew.events).clean).toBeUndefined();
  });

  it('measures the random baseline too, although it was trained by an earlier plan', async () => {
    const both = memoryFiles(new Map(trained.files.disk));
    await evaluate(both, config, ['baseline']);
    const { events } = await evaluate(both, { ...config, evaluate: [curve[3]] });
    expect(of(events, 'evaluated').map(({ label, robust }) => [label, robust.length])).toEqual([
      ['found', 1],
      ['random', 1],
    ]);
    expect(of(events, 'gallery').map(({ path }) => path)).toEqual([
      'galleries/found.json',
      'galleries/random.json',
    ]);
  });
});

describe('a network without gradients', () => {
  it('is warned of where it happens', async () => {
    const saturated = memoryFiles(new Map(trained.files.disk));
    const path = 'networks/found.safetensors';
    const network = await readNetwork(saturated, path);
    const steep = Object.entries(network.weights).map(([name, { shape, data }]) => {
      const isLast = name.startsWith('classifier.');
      return [
        name,
        isLast
          ? hostTensor(
              shape,
              Float32Array.from(data, (v) => v * 1e6),
            )
          : { shape, data },
      ];
    });
    await writeNetwork(saturated, path, { ...network, weights: Object.fromEntries(steep) });
    const { events } = await evaluate(saturated, { ...config, evaluate: [curve[3], curve[5]] });
    const { warnings, evaluated } = events.reduce(reduceRun, emptyView);
    const zero = warnings.filter(({ code }) => code === 'masked-gradients-zero');
    expect(zero.map(({ phase }) => phase)).toEqual(['evaluate', 'evaluate']);
    expect(zero[0].message).toContain('PGD, L∞, ε = 4/255');
    // Nothing could be broken but by chance: the figure is what the warning is about.
    expect(evaluated[0].robust[1].accuracy).toBeGreaterThan(0);
    expect(of(measured.events, 'warning')).toEqual([]);
  });
});
