import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listCards, nvidiaCards } from '../../../headless/host/cards.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cellsmith-cards-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function program(name: string, body: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${body}\n`);
  await chmod(path, 0o755);
  return path;
}

async function card(name: string, files: Readonly<Record<string, string>>, driver?: string): Promise<void> {
  const device = join(folder, 'drm', name, 'device');
  await mkdir(device, { recursive: true });
  for (const [file, text] of Object.entries(files)) await writeFile(join(device, file), `${text}\n`);
  if (driver !== undefined) await symlink(join('/drivers', driver), join(device, 'driver'));
}

const windows = process.platform === 'win32' ? 'the programs here are for a shell' : undefined;

describe("NVIDIA's cards", () => {
  it('are told with driver and memory, in the order of the program', async ({ skip }) => {
    skip(windows !== undefined, windows);
    const lines = ['NVIDIA H200, 570.86.15, 143771, 143000', 'NVIDIA GB10, 580.1, [N/A], [N/A]'];
    const smi = await program('smi', `echo '${lines.join("'; echo '")}'`);
    expect(await nvidiaCards(smi)).toEqual([
      {
        name: 'NVIDIA H200',
        driver: 'NVIDIA 570.86.15',
        totalBytes: 143771 * 2 ** 20,
        freeBytes: 143000 * 2 ** 20,
      },
      { name: 'NVIDIA GB10', driver: 'NVIDIA 580.1' },
    ]);
  });

  it('are none where the program is missing, fails or hangs', async ({ skip }) => {
    skip(windows !== undefined, windows);
    expect(await nvidiaCards(join(folder, 'nothing'))).toEqual([]);
    expect(await nvidiaCards(await program('fails', 'echo NVIDIA; exit 9'))).toEqual([]);
    expect(await nvidiaCards(await program('hangs', 'exec sleep 60'), 100)).toEqual([]);
  });
});

describe('the cards that the kernel knows', () => {
  it('are told by vendor and driver, with memory where the driver tells it', async ({ skip }) => {
    skip(windows !== undefined, windows);
    expect(await listCards(join(folder, 'none'))).toEqual([]);
    await card('card0', { vendor: '0x8086', device: '0x46a6' }, 'i915');
    await card(
      'card1',
      { vendor: '0x1002', device: '0x744c', mem_info_vram_total: '1000', mem_info_vram_used: '400' },
      'amdgpu',
    );
    await card('card1-DP-1', { vendor: '0x1002' });
    expect(await listCards(join(folder, 'drm'))).toEqual([
      { name: 'Intel device 0x46a6', driver: 'i915' },
      { name: 'AMD device 0x744c', driver: 'amdgpu', totalBytes: 1000, freeBytes: 600 },
    ]);
  });
});
