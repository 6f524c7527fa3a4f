/** Options of `tensorflow` and `cuda` that would do nothing are refused. */
import { expect, it } from 'vitest';
import { setUpCudaAsAsked } from '../../../headless/cli/cudaSetup.ts';
import { expectCudaUsage, expectTensorflowUsage } from '../../../headless/cli/setupUsage.ts';
import { setUpAsAsked } from '../../../headless/cli/tensorflowSetup.ts';
import { failure } from '../../helpers/datasetBytes.ts';

const SUM = 'a'.repeat(64);
const beside = (option: string, other: string) => `--${option} would do nothing beside --${other}.`;

it.each([
  [{ cpu: true, gpu: true }, beside('cpu', 'gpu')],
  [{ gpu: true, wheel: ['a.whl'] }, beside('gpu', 'wheel')],
  [{ cpu: true, archive: 'a.tar.gz' }, beside('cpu', 'archive FILE')],
  [{ python: 'python3', library: '/opt' }, beside('python', 'library')],
  [{ python: 'python3', archive: true }, beside('python', 'archive')],
  [{ python: 'python3', official: true }, beside('python', 'official')],
  [{ sha256: SUM, pip: true }, beside('sha256', 'pip')],
  [{ sha256: SUM, installed: true }, beside('sha256', 'installed')],
  [{ sha256: SUM, library: '/opt' }, beside('sha256', 'library')],
  [{ sha256: SUM }, 'It is not said what --sha256 is of: no file is named.'],
  [{ sha256: SUM, wheel: ['a', 'b', 'c'] }, '--sha256 is of one file, and there are 3 wheels.'],
  [{ undo: true, cpu: true }, beside('cpu', 'undo')],
] as const)('tensorflow: %j', async (options, message) => {
  expect(await failure(() => setUpAsAsked(options))).toMatchObject({ code: 'bad-usage', message });
});

it.each([
  [{ pip: true, nvidia: '/usr/local/cuda' }, beside('nvidia', 'pip')],
  [{ package: 'a.nupkg', feed: 'https://a.b' }, beside('feed', 'package')],
  [{ undo: true, untried: true }, beside('untried', 'undo')],
] as const)('cuda: %j', async (options, message) => {
  expect(await failure(() => setUpCudaAsAsked(options))).toMatchObject({ code: 'bad-usage', message });
});

it('lets all pass that has an effect', () => {
  for (const options of [
    { cpu: true, archive: true, sha256: SUM },
    { gpu: true, official: true, sha256: SUM },
    { python: 'python3', pip: true, cpu: true },
    { wheel: ['a.whl'], sha256: SUM, addon: 'fetch' },
    { undo: true, json: true },
  ])
    expectTensorflowUsage(options);
  expectCudaUsage({ pip: true, python: 'python3', feed: 'https://a.b', sha256: SUM, sha512: SUM });
});
