/** Input that cannot work: exit code 2, a message that names the thing, a remedy, and nothing lost. */
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeSafetensors, encodeSafetensors } from '../../core/base/safetensors.ts';
import type { Ended } from './command.ts';
import {
  cellsmith,
  contentOf,
  eventsIn,
  experiment,
  lastJson,
  start,
  until,
  writeExperiment,
} from './command.ts';

let folder: string;
let config: string;
/** A run that was stopped in its search, with two checkpoints. */
let stopped: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cellsmith-'));
  config = await writeExperiment(folder, experiment());
  stopped = join(folder, 'stopped');
  const run = start('search', '--config', config, '--out', stopped);
  await until(run, stopped, (e) => e.kind === 'checkpoint');
  run.child.kill('SIGINT');
  expect((await run.ended).code).toBe(130);
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

function expectRefusal(ended: Ended, code: string, message: RegExp, hint: RegExp): void {
  expect(ended.code, ended.stderr).toBe(2);
  expect(lastJson(ended)).toEqual({
    error: { code, message: expect.stringMatching(message), hint: expect.stringMatching(hint) },
  });
  // People read the same, without a stack.
  expect(ended.stderr).toMatch(/^error: .+\n {2}→ .+\n$/m);
  expect(ended.stderr).not.toContain('    at ');
}

async function picture(path: string, shade: number): Promise<void> {
  const pixels = Buffer.alloc(8 * 8 * 3, shade);
  await sharp(pixels, { raw: { width: 8, height: 8, channels: 3 } })
    .png()
    .toFile(path);
}

/** A folder of images with so many in each class. */
async function imageFolder(name: string, classes: Readonly<Record<string, number>>): Promise<string> {
  const root = join(folder, name);
  for (const [k, [label, count]] of Object.entries(classes).entries()) {
    await mkdir(join(root, label), { recursive: true });
    for (let i = 0; i < count; i++) await picture(join(root, label, `${i}.png`), 40 * k + i);
  }
  return `folder:${root}`;
}

interface Case {
  readonly what: string;
  /** Options of `search`, upon an experiment that works. */
  readonly options: () => readonly string[] | Promise<readonly string[]>;
  readonly code: string;
  readonly message: RegExp;
  readonly hint: RegExp;
}

const searches: readonly Case[] = [
  {
    what: 'a batch larger than the split',
    options: () => ['--search-batch-size', '64'],
    code: 'batch-too-large',
    message: /batch of 64 .*split, which has 54/,
    hint: /at most 54/,
  },
  {
    what: 'a class without images',
    options: async () => ['--data', await imageFolder('hollow', { cats: 12, dogs: 0, owls: 12 })],
    code: 'empty-class',
    message: /dogs/,
    hint: /[Aa]dd|[Pp]ut|remove/,
  },
  {
    what: 'a single class',
    options: async () => ['--data', await imageFolder('alone', { cats: 12 })],
    code: 'one-class',
    message: /single class, 'cats'/,
    hint: /at least two/,
  },
  {
    what: 'an image size that cannot be halved twice',
    options: () => ['--data-image-size', '18'],
    code: 'image-size',
    message: /18×18/,
    hint: /16|20/,
  },
  {
    what: 'a budget out of reach',
    options: () => ['--min-params', '5000000'],
    code: 'budget-unreachable',
    message: /at least 5 000 000 parameters.* can have 1 046 to 3 622 parameters/,
    hint: /3 622/,
  },
  {
    what: 'a negative ε',
    options: () => ['--strategy-epsilon', '-0.1'],
    code: 'bad-config',
    message: /search\.strategy\.config\.epsilon: this must be at least 0/,
    hint: /≥ 0/,
  },
  {
    what: 'an ε beyond all pixels',
    options: () => ['--strategy-epsilon', '8'],
    code: 'bad-config',
    message: /search\.strategy\.config\.epsilon: this must be at most 1/,
    hint: /≤ 1/,
  },
  {
    what: 'an ε beyond all pixels in the file',
    options: async () => {
      await mkdir(join(folder, 'epsilon'), { recursive: true });
      const file = { ...experiment(), evaluate: [{ epsilon: 8 }] };
      return ['--config', await writeExperiment(join(folder, 'epsilon'), file)];
    },
    code: 'bad-config',
    message: /evaluate.*epsilon/,
    hint: /./,
  },
];

describe('a new run with', () => {
  it.each(searches)('$what is refused and leaves nothing behind', async (one) => {
    const out = join(folder, `new-${one.code}-${searches.indexOf(one)}`);
    const ended = await cellsmith(
      'search',
      '--config',
      config,
      '--out',
      out,
      '--json',
      ...(await one.options()),
    );
    expectRefusal(ended, one.code, one.message, one.hint);
    expect(existsSync(out) ? await readdir(out) : []).toEqual([]);
  });
});

/** Resumes a changed copy of the stopped run, which must stay as it was changed. */
async function resumeChanged(name: string, change: (run: string) => Promise<void>): Promise<Ended> {
  const run = join(folder, name);
  await cp(stopped, run, { recursive: true });
  await change(run);
  const before = contentOf(run);
  const ended = await cellsmith('resume', '--run', run, '--json');
  expect(contentOf(run)).toEqual(before);
  return ended;
}

async function edit(path: string, from: string | RegExp, to: string): Promise<void> {
  const text = await readFile(path, 'utf8');
  const next = text.replace(from, to);
  expect(next).not.toBe(text);
  await writeFile(path, next);
}

describe('a run folder', () => {
  it('of a newer version is left alone', async () => {
    const ended = await resumeChanged('newer', (run) =>
      edit(join(run, 'run.json'), '"format": 1', '"format": 99'),
    );
    expectRefusal(ended, 'newer-format', /run\.json has format 99/, /Update/);
  });

  it('with a newer journal is left alone', async () => {
    const ended = await resumeChanged('newer-journal', (run) =>
      edit(join(run, 'events.jsonl'), '"format":1', '"format":99'),
    );
    expectRefusal(ended, 'newer-format', /events\.jsonl has format 99/, /Update/);
  });

  it('whose checkpoints lack a tensor is left alone, and the tensor is named', async () => {
    const ended = await resumeChanged('lacking', async (run) => {
      for (const name of await readdir(join(run, 'checkpoints'))) {
        const path = join(run, 'checkpoints', name, 'alphas.safetensors');
        const { tensors, metadata } = decodeSafetensors(new Uint8Array(await readFile(path)), path);
        const [, ...others] = Object.entries(tensors);
        await writeFile(path, encodeSafetensors(Object.fromEntries(others), metadata));
      }
    });
    expectRefusal(ended, 'checkpoint-damaged', /alphas\.safetensors lacks the tensor '.+'/, /copy|again/);
  });

  it('that is none is said to be none', async () => {
    const ended = await cellsmith('resume', '--run', join(folder, 'nowhere'), '--json');
    expectRefusal(ended, 'not-a-run', /nowhere is not a run/, /Give the folder/);
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
  });

  it('that was stopped goes on, after all of this, to its end, and can be trained with a batch that fits', async () => {
    const ended = await cellsmith('resume', '--run', stopped, '--json');
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    expect(eventsIn(stopped).at(-1)).toMatchObject({ kind: 'finished', phase: 'search' });
    const tooLarge = await cellsmith('retrain', '--run', stopped, '--json', '--batch-size', '128');
    expectRefusal(tooLarge, 'batch-too-large', /batch of 128 .*training split, which has 108/, /at most 108/);
    const trained = await cellsmith('retrain', '--run', stopped, '--batch-size', '54', '--epochs', '2');
    expect(trained, trained.stderr).toMatchObject({ code: 0 });
  });
});
