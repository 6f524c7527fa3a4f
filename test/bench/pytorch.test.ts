/** How PyTorch is measured beside ours; the Pythons here are scripts. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CONFIGS } from '../../bench/configs.ts';
import { measurePyTorch } from '../../bench/peers/pytorch.ts';
import { script } from '../helpers/fakeTensorflow.ts';

let folder = '';
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'cellsmith-bench-'))));
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const options = { threads: 3, device: 'cuda' };
/** Says what it was asked for as the name of its device. */
const torch = (lines = '') =>
  script(
    folder,
    'python',
    `case "$*" in *--cells*) ;; *) printf 2.13; exit 0;; esac; ${lines}
     while [ "$1" != --cells ]; do shift; done; printf '{"passMs": 1, "device": "%s"}' "$*"`,
  );

it('is asked for the configuration, our number of threads and the device, in both layouts', async () => {
  const asked = '--cells 3 --channels 4 --image-size 16 --batch 32 --threads 3 --device cuda';
  const told = await measurePyTorch(await torch(), CONFIGS.tiny, options);
  expect(told).toEqual([
    { peer: 'pytorch', passMs: 1, device: asked },
    { peer: 'pytorch channels_last', passMs: 1, device: `${asked} --channels-last` },
  ]);
});

it('is looked for as doctor does where none is named', async () => {
  vi.stubEnv('CELLSMITH_PYTHON', await torch());
  expect(await measurePyTorch(undefined, CONFIGS.tiny, options)).toHaveLength(2);
});

it('is told with the reason where it cannot be measured', async () => {
  const none = join(folder, 'none');
  expect(await measurePyTorch(none, CONFIGS.tiny, options)).toEqual([
    { peer: 'pytorch', notAvailable: `${none} has no PyTorch that can be imported` },
  ]);
  const failing = await torch('echo "AssertionError: no CUDA" >&2; exit 1');
  const notAvailable = 'AssertionError: no CUDA';
  expect(await measurePyTorch(failing, CONFIGS.tiny, options)).toMatchObject([
    { notAvailable },
    { notAvailable },
  ]);
});
