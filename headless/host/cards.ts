/** Graphics cards: name, memory and driver, as far as the system tells without anything installed for it. */
import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename, join } from 'node:path';

export interface Card {
  readonly name: string;
  readonly driver?: string;
  readonly totalBytes?: number;
  readonly freeBytes?: number;
}

const NVIDIA = 'nvidia-smi';
/** It wakes the card, which may take seconds; a driver that hangs must not hold anybody up. */
const TIMEOUT_MS = 5000;
const MIB = 2 ** 20;
const QUERY = ['--query-gpu=name,driver_version,memory.total,memory.free', '--format=csv,noheader,nounits'];

/** Those that NVIDIA's own program tells of, then the others that the kernel knows. */
export async function listCards(folder = '/sys/class/drm'): Promise<readonly Card[]> {
  const own = await nvidiaCards();
  const others = await kernelCards(folder);
  return [...own, ...others.filter(({ name }) => own.length === 0 || !name.startsWith('NVIDIA'))];
}

/** @param program whatever answers like `nvidia-smi`; empty where there is none or it does not answer in time */
export async function nvidiaCards(program = NVIDIA, timeout = TIMEOUT_MS): Promise<readonly Card[]> {
  const answer = await new Promise<string>((resolve) => {
    execFile(program, QUERY, { timeout, killSignal: 'SIGKILL' }, (error, stdout) =>
      resolve(error === null ? stdout : ''),
    );
  });
  return answer.split('\n').flatMap(cardOfLine);
}

/** `NVIDIA H200, 570.86, 143771, 143000`. */
function cardOfLine(line: string): readonly Card[] {
  const [name = '', driver = '', total, free] = line.split(',').map((part) => part.trim());
  if (name === '') return [];
  const mebibytes = (text: string | undefined): number | undefined =>
    text !== undefined && /^\d+$/.test(text) ? Number(text) * MIB : undefined;
  const [totalBytes, freeBytes] = [mebibytes(total), mebibytes(free)];
  return [
    {
      name,
      ...(driver === '' ? {} : { driver: `NVIDIA ${driver}` }),
      ...(totalBytes === undefined ? {} : { totalBytes }),
      ...(freeBytes === undefined ? {} : { freeBytes }),
    },
  ];
}

const VENDORS: Readonly<Record<string, string>> = {
  '0x10de': 'NVIDIA',
  '0x1002': 'AMD',
  '0x8086': 'Intel',
  '0x1af4': 'virtio',
};

/** Of Linux: vendor and driver always, memory where the driver tells it (amdgpu). */
async function kernelCards(folder: string): Promise<readonly Card[]> {
  const names = await readdir(folder).catch((): string[] => []);
  const cards = names.filter((name) => /^card\d+$/.test(name)).sort();
  return (await Promise.all(cards.map((name) => kernelCard(join(folder, name, 'device'))))).flat();
}

async function kernelCard(device: string): Promise<readonly Card[]> {
  const read = async (file: string): Promise<string | undefined> =>
    (await readFile(join(device, file), 'utf8').catch(() => undefined))?.trim();
  const vendor = await read('vendor');
  if (vendor === undefined) return [];
  const module = await readlink(join(device, 'driver')).catch(() => undefined);
  const [total, used] = [await read('mem_info_vram_total'), await read('mem_info_vram_used')];
  const totalBytes = total === undefined ? undefined : Number(total);
  return [
    {
      name: `${VENDORS[vendor] ?? `vendor ${vendor}`} ${(await read('product_name')) ?? `device ${await read('device')}`}`,
      ...(module === undefined ? {} : { driver: basename(module) }),
      ...(totalBytes === undefined ? {} : { totalBytes }),
      ...(totalBytes === undefined || used === undefined ? {} : { freeBytes: totalBytes - Number(used) }),
    },
  ];
}
