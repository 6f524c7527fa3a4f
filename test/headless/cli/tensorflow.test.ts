/** The command `tensorflow`: what it prints, what it refuses, and that a broken library is told by `doctor` as a reason. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { resultText, setUpAsAsked } from '../../../headless/cli/tensorflowSetup.ts';
import type { Setup } from '../../../headless/host/tensorflow/setup.ts';
import { probeExecutor } from '../../../headless/host/probe.ts';
import { failure } from '../../helpers/datasetBytes.ts';
import { fakeInstallation, fakeLibrary, writeFiles } from '../../helpers/fakeTensorflow.ts';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'cellsmith-tensorflow-'));
  vi.stubEnv('CELLSMITH_TENSORFLOW', join(home, 'tensorflow'));
  await writeFile(join(home, 'addon.node'), fakeLibrary());
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true });
});

it('undoes, and says whether there was anything', async () => {
  const folder = join(home, 'tensorflow');
  expect(await setUpAsAsked({ undo: true })).toBe(`Nothing was set up in ${folder}.`);
  await writeFiles(folder, { 'tensorflow.json': '{}' });
  expect(await setUpAsAsked({ undo: true })).toBe(`Removed: ${folder}`);
  expect(JSON.parse(await setUpAsAsked({ undo: true, json: true }))).toEqual({ folder, removed: false });
});

it('refuses what is no checksum, and two sources', async () => {
  expect(await failure(() => setUpAsAsked({ sha256: 'abc', archive: true }))).toMatchObject({
    code: 'bad-usage',
    message: "'abc' is no SHA-256.",
  });
  expect((await failure(() => setUpAsAsked({ pip: true, installed: true }))).code).toBe('bad-usage');
});

it('refuses an addon that is none, and what a folder of wheels cannot be held to', async () => {
  expect(await failure(() => setUpAsAsked({ addon: 'biuld' }))).toMatchObject({
    code: 'bad-usage',
    message: "--addon: 'biuld' is neither build nor fetch, and there is no such file.",
  });
  await writeFiles(home, { 'wheels/tensorflow-1.whl': '', 'wheels/nvidia_cudnn-1.whl': '' });
  const wheels = { wheel: [join(home, 'wheels')], sha256: 'a'.repeat(64) };
  expect((await failure(() => setUpAsAsked(wheels))).message).toContain('there are 2 wheels');
});

it('says what library and addon were held to, and where that was nothing', () => {
  const setup = (checkedBy: Setup['checkedBy']): Setup => ({
    format: 1,
    source: 'a source',
    checkedBy,
    libraries: [{ path: 'a', bytes: 5e6 }],
    addon: { origin: 'fetched', checkedBy: 'nothing', sha256: '' },
    madeAt: '',
  });
  const second = (of: Parameters<typeof setup>[0]) => resultText('/a', setup(of), 'x').split('\n')[1];
  const addon = 'the addon was fetched, not held to any checksum.';
  expect(second('wheel')).toBe(
    `It is in /a (5 MB of libraries), held to the checksums that wheels state; ${addon}`,
  );
  expect(second('nothing')).toBe(`It is in /a (5 MB of libraries), not held to any checksum; ${addon}`);
  expect(second(undefined)).toBe(`It is in /a (5 MB of libraries); ${addon}`);
});

it('ends with the reason of the trial where the library is none', async () => {
  const library = await fakeInstallation(join(home, 'lib'));
  const asked = { library, addon: join(home, 'addon.node') };
  expect(await failure(() => setUpAsAsked(asked))).toMatchObject({
    code: 'tensorflow-does-not-work',
    message: expect.stringMatching(/cannot be loaded: \S/) as string,
  });
});

it.each([
  ['is not set up', {}, "TensorFlow's native library is not set up"],
  [
    'has a record that is none',
    { 'tensorflow.json': '{' },
    'tensorflow.json is damaged, or of another version',
  ],
  [
    'is not what was set up',
    {
      'tensorflow.json': JSON.stringify({
        format: 1,
        source: '',
        libraries: [{ path: 'deps/lib/libtensorflow.so.2', bytes: 9 }],
        addon: { origin: 'built', sha256: '' },
        madeAt: '2026-01-01T00:00:00Z',
      }),
      'deps/lib/libtensorflow.so.2': 'shorter',
      'lib/napi-v8/tfjs_binding.node': '',
    },
    'another version has taken its place',
  ],
])('leaves the executor unavailable, with the reason, where TensorFlow %s', async (_name, files, reason) => {
  await writeFiles(join(home, 'tensorflow'), files);
  expect(await probeExecutor('tensorflow')).toEqual({
    available: false,
    reason: expect.stringContaining(reason) as string,
    hint: expect.stringContaining('npm run setup:gpu') as string,
  });
});
