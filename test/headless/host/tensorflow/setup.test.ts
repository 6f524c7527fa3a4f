/** What was set up is used only as long as it is what was set up. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  checkedSetup,
  readSetup,
  type Setup,
  tensorflowFolder,
} from '../../../../headless/host/tensorflow/setup.ts';
import { failure } from '../../../helpers/datasetBytes.ts';
import { writeFiles } from '../../../helpers/fakeTensorflow.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cellsmith-setup-'));
  await writeFiles(folder, {
    'deps/lib/libtensorflow.so.2': 'library',
    'elsewhere.so': 'other',
    'lib/napi-v8/tfjs_binding.node': 'addon',
  });
});
afterEach(() => rm(folder, { recursive: true }));

const setup = (): Setup => ({
  format: 1,
  source: 'a test',
  libraries: [
    { path: 'deps/lib/libtensorflow.so.2', bytes: 7 },
    { path: join(folder, 'elsewhere.so'), bytes: 5 },
  ],
  addon: { origin: 'built', sha256: createHash('sha256').update('addon').digest('hex') },
  madeAt: '2026-01-01T00:00:00Z',
});
const put = (content: unknown) =>
  writeFile(join(folder, 'tensorflow.json'), typeof content === 'string' ? content : JSON.stringify(content));

describe('what was set up', () => {
  it('is nothing where there is no folder, or no record', async () => {
    expect(await readSetup(folder)).toBeUndefined();
    expect(await readSetup(join(folder, 'none'))).toBeUndefined();
    expect(await readSetup(join(folder, 'elsewhere.so'))).toBeUndefined();
    const { code, message } = await failure(() => checkedSetup(folder));
    expect([code, message]).toEqual(['no-tensorflow-library', "TensorFlow's native library is not set up"]);
  });

  it('is known by its record, with files in the folder and elsewhere', async () => {
    await put(setup());
    expect(await checkedSetup(folder)).toEqual({
      setup: setup(),
      addon: join(folder, 'lib/napi-v8/tfjs_binding.node'),
    });
  });

  it.each<[string, (good: Setup) => unknown]>([
    ['torn', (good) => JSON.stringify(good).slice(0, -9)],
    ['empty', () => ''],
    ['of a later format', (good) => ({ ...good, format: 2 })],
    ['without libraries', (good) => ({ ...good, libraries: [] })],
    ['of another kind', () => ({ hello: 'world' })],
  ])('is not to be used where its record is %s', async (_name, change) => {
    await put(change(setup()));
    expect((await failure(() => checkedSetup(folder))).code).toBe('bad-tensorflow-setup');
  });

  it.each(['deps/lib/libtensorflow.so.2', 'elsewhere.so', 'lib/napi-v8/tfjs_binding.node'])(
    'is not to be used once %s is gone',
    async (name) => {
      await put(setup());
      await rm(join(folder, name));
      const { code, message } = await failure(() => checkedSetup(folder));
      expect([code, message]).toEqual([
        'tensorflow-changed',
        `${join(folder, name)}, which was set up, is gone`,
      ]);
    },
  );

  it('is not to be used once another version has taken the place of a library', async () => {
    await put(setup());
    await writeFile(join(folder, 'elsewhere.so'), 'longer');
    expect((await failure(() => checkedSetup(folder))).message).toContain(
      'another version has taken its place',
    );
  });

  it('is not to be used once its addon is another, be it of the same size', async () => {
    await put(setup());
    await writeFile(join(folder, 'lib/napi-v8/tfjs_binding.node'), 'Addon');
    const { code, message } = await failure(() => checkedSetup(folder));
    expect([code, message]).toEqual([
      'tensorflow-changed',
      `${join(folder, 'lib/napi-v8/tfjs_binding.node')} is not the file that was set up: its SHA-256 is another`,
    ]);
  });
});

describe('its folder', () => {
  it('is the one named, else in the home that is named, else in that of the user', () => {
    expect(tensorflowFolder({ CELLSMITH_TENSORFLOW: '/a/b', CELLSMITH_HOME: '/c' })).toBe('/a/b');
    expect(tensorflowFolder({ CELLSMITH_TENSORFLOW: '', CELLSMITH_HOME: '/c' })).toBe('/c/tensorflow');
    expect(tensorflowFolder({})).toBe(join(homedir(), 'Cellsmith/tensorflow'));
  });
});
