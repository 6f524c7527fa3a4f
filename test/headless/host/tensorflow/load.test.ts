/** What the device is called; loading itself is tested by the numeric suite, and failing by the command. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cardName, deviceText } from '../../../../headless/host/tensorflow/load.ts';
import { writeFiles } from '../../../helpers/fakeTensorflow.ts';

const addon = (usesCard: boolean) => ({ TF_Version: '2.99', isUsingGpuDevice: () => usesCard });
const cpu = 'a processor';

it('names the card that is used, else the processor, and says so where a card is not used', () => {
  const card = 'NVIDIA H100';
  expect(deviceText(addon(true), { cpu, card, forNvidia: true })).toBe('NVIDIA H100, TensorFlow 2.99');
  expect(deviceText(addon(true), { cpu, card: undefined, forNvidia: true })).toBe(
    'NVIDIA card, TensorFlow 2.99',
  );
  expect(deviceText(addon(false), { cpu, card, forNvidia: false })).toBe(
    'a processor, TensorFlow 2.99; it does not use the NVIDIA H100',
  );
  expect(deviceText(addon(false), { cpu, card: undefined, forNvidia: true })).toBe(
    'a processor, TensorFlow 2.99; it finds no NVIDIA card',
  );
  expect(deviceText(addon(false), { cpu, card: undefined, forNvidia: false })).toBe(
    'a processor, TensorFlow 2.99',
  );
});

it('is told by the driver', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cellsmith-card-'));
  await writeFiles(folder, { '0000:01:00.0/information': 'Model: \t\t NVIDIA H100 80GB HBM3\nIRQ:   1\n' });
  expect(await cardName(folder)).toBe('NVIDIA H100 80GB HBM3');
  expect(await cardName(join(folder, 'none'))).toBeUndefined();
  await rm(folder, { recursive: true });
});
