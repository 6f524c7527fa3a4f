/** Runs that nobody searched, for measurements of the window: one with a long journal, and many short ones. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { planPhases, beginRun } from '../core/engine/run.ts';
import { createRng } from '../core/base/rng.ts';
import type { RunEvent } from '../core/runs/events.ts';
import type { RunConfigInput } from '../core/runs/runConfig.ts';
import { RunConfig } from '../core/runs/runConfig.ts';
import { genotypes } from '../core/searchSpace/library.ts';
import { createEngineHost } from '../headless/host/engineHost.ts';

const EDGES = 14;
const OPERATIONS = 8;
const { genotype } = genotypes.get('E2RNAS_CIFAR10');

/** A run's folder with its manifest and plan; the rest of the journal is written by the caller. */
async function planned(home: string, id: string, config: RunConfigInput): Promise<string> {
  const folder = join(home, 'runs', id);
  const whole = RunConfig.parse({ name: id, ...config });
  const run = await beginRun(createEngineHost({ folder }), whole);
  try {
    await planPhases(run, whole, ['search']);
  } finally {
    await run.close();
  }
  return folder;
}

const lines = (events: readonly RunEvent[]): string =>
  events.map((event) => `${JSON.stringify(event)}\n`).join('');

/** A search that took so many steps, as a journal. */
export async function longRun(
  home: string,
  id: string,
  epochs: number,
  stepsPerEpoch: number,
): Promise<void> {
  const folder = await planned(home, id, { search: { epochs } });
  const rng = createRng(1);
  const totalSteps = epochs * stepsPerEpoch;
  const phase = 'search';
  let at = Date.now() - totalSteps * 1000;
  const events: RunEvent[] = [{ kind: 'phase', at, phase, totalSteps, epochs, device: 'CPU' }];
  const noise = (): number => rng.next() - 0.5;
  for (let step = 1; step <= totalSteps; step++) {
    const epoch = Math.floor((step - 1) / stepsPerEpoch);
    const done = step / totalSteps;
    at += 1000;
    const metrics = {
      trainLoss: 2.3 - 1.5 * done + 0.4 * noise(),
      trainAccuracy: 0.1 + 0.5 * done + 0.1 * noise(),
      validationLoss: 2.3 - 1.2 * done + 0.4 * noise(),
      adversarialValidationLoss: 2.4 - done + 0.4 * noise(),
      expectedParams: 3e6 - 8e5 * done + 1e4 * noise(),
      'mgda.validationLoss': 0.5 + 0.3 * noise(),
      'mgda.expectedParams': 0.5 + 0.3 * noise(),
      'loss.validationLoss': 2.3 - done,
      'loss.expectedParams': 1 - 0.2 * done,
      gradNorm: 1 + noise(),
      learningRate: 0.025 * (1 - done),
      stepsPerSecond: 1,
      memoryBytes: 1e9,
    };
    events.push({ kind: 'step', at, phase, step, epoch, metrics });
    if (step % stepsPerEpoch > 0) continue;
    const shares = (): number[][] =>
      Array.from({ length: EDGES }, () => {
        const raw = Array.from({ length: OPERATIONS }, () => Math.exp(3 * done * noise()));
        const sum = raw.reduce((a, b) => a + b, 0);
        return raw.map((one) => one / sum);
      });
    events.push(
      {
        kind: 'epoch',
        at,
        phase,
        epoch,
        step,
        metrics: { heldOutLoss: 2.2 - done, heldOutAccuracy: 0.2 + 0.4 * done, alphaEntropy: 1 - 0.6 * done },
        edgeWeights: { normal: shares(), reduce: shares() },
        genotype,
        params: 2_100_000,
      },
      { kind: 'checkpoint', at, phase, step, path: `checkpoints/search-${step}` },
    );
  }
  events.push(
    { kind: 'derived', at, genotype, params: 2_100_000, macs: 3e8, rule: 'top2', strategy: 'e2rnas' },
    { kind: 'finished', at, phase, seconds: totalSteps },
  );
  await writeFile(join(folder, 'events.jsonl'), lines(events), { flag: 'a' });
}

/** So many runs that ended long ago, each with its own figures. */
export async function manyRuns(home: string, count: number): Promise<void> {
  const first = await planned(home, 'run-0', {});
  const [manifest, journal] = await Promise.all(
    ['run.json', 'events.jsonl'].map((name) => readFile(join(first, name), 'utf8')),
  );
  const rng = createRng(2);
  const at = Date.now();
  for (let i = 0; i < count; i++) {
    const folder = join(home, 'runs', `run-${i}`);
    await mkdir(folder, { recursive: true });
    const params = Math.round(1e6 * (1 + 3 * rng.next()));
    const [clean, robust] = [0.5 + 0.4 * rng.next(), 0.2 + 0.3 * rng.next()];
    const counted = (accuracy: number) => ({
      accuracy,
      n: 1000,
      interval: [accuracy - 0.03, accuracy + 0.03] as [number, number],
    });
    const events: RunEvent[] = [
      { kind: 'phase', at, phase: 'search', totalSteps: 1, epochs: 1, device: 'CPU' },
      { kind: 'derived', at, genotype, params, macs: 100 * params, rule: 'top2', strategy: 'e2rnas' },
      {
        kind: 'evaluated',
        at,
        label: 'found',
        genotype,
        params,
        macs: 100 * params,
        clean: counted(clean),
        robust: [
          {
            ...counted(robust),
            attack: 'pgd',
            norm: 'linf',
            epsilon: 8 / 255,
            steps: 20,
            stepSize: 1 / 255,
            restarts: 1,
            largestPerturbation: 8 / 255,
          },
        ],
      },
      { kind: 'finished', at, phase: 'search', seconds: 60 },
    ];
    await writeFile(join(folder, 'run.json'), manifest.replace('"run-0"', `"run-${i}"`));
    await writeFile(
      join(folder, 'events.jsonl'),
      journal.replaceAll('"run-0"', `"run-${i}"`) + lines(events),
    );
  }
}
