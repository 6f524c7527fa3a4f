/** How much memory there is, who has it, and how often the system ended processes for want of it. */
import { readFile } from 'node:fs/promises';
import { freemem, totalmem } from 'node:os';
import { join } from 'node:path';
import { getHeapStatistics } from 'node:v8';
import type { MemoryNow } from '../../core/base/outOfMemory.ts';
import { ON_CARDS } from '../../core/runs/lessMemory.ts';
import { nvidiaCards } from './cards.ts';

/** Above that, the heap has to do with it. */
const FULL_HEAP = 0.75;
const CGROUPS = '/sys/fs/cgroup';

/** The room that is shortest: the computer's, the control group's, or what the process may take by its limits. */
export type Room = Pick<MemoryNow, 'limitBytes' | 'limitOf' | 'freeBytes'>;

/** What this process knows of its memory. @param executor that computes: a card has memory of its own */
export async function memoryNow(executor?: string): Promise<MemoryNow> {
  const { used_heap_size: usedBytes, heap_size_limit: limitBytes } = getHeapStatistics();
  const room = await memoryRoom();
  const [card] = executor !== undefined && ON_CARDS.includes(executor) ? await nvidiaCards() : [];
  return {
    seen: 'after',
    ...room,
    processBytes: process.memoryUsage.rss(),
    peakBytes: process.resourceUsage().maxRSS * 1024,
    ...(usedBytes > FULL_HEAP * limitBytes ? { heap: { usedBytes, limitBytes } } : {}),
    ...(card?.totalBytes === undefined ? {} : { card: { ...card, totalBytes: card.totalBytes } }),
  };
}

/** @param pid of the process whose limits count; this one where left out */
export async function memoryRoom(pid: number | 'self' = 'self'): Promise<Room> {
  const computer: Room = { limitBytes: totalmem(), limitOf: 'computer', freeBytes: freemem() };
  const rooms = [computer, await groupRoom(pid), await processRoom(pid)].filter((room) => room !== undefined);
  return rooms.reduce((tight, room) => ((room.freeBytes ?? 0) < (tight.freeBytes ?? 0) ? room : tight));
}

/** The limit of the control group where it is lower than the computer's memory. */
export async function groupRoom(pid: number | 'self' = 'self'): Promise<Room | undefined> {
  const group = await groupOf(pid);
  if (group === undefined) return undefined;
  const limitBytes = numberIn(await readIfThere(join(group, 'memory.max')));
  const usedBytes = numberIn(await readIfThere(join(group, 'memory.current')));
  if (limitBytes === undefined || limitBytes >= totalmem()) return undefined;
  return { limitBytes, limitOf: 'group', freeBytes: Math.max(0, limitBytes - (usedBytes ?? 0)) };
}

/** Limits of a process (`ulimit -v`, `ulimit -d`) and what is measured against them. */
const LIMITS: readonly (readonly [limit: string, taken: string])[] = [
  ['Max address space', 'VmSize'],
  ['Max data size', 'VmData'],
];

async function processRoom(pid: number | 'self'): Promise<Room | undefined> {
  const limits = await readIfThere(`/proc/${pid}/limits`);
  const status = await readIfThere(`/proc/${pid}/status`);
  const rooms = LIMITS.flatMap(([limit, taken]): readonly Room[] => {
    const limitBytes = numberIn(new RegExp(`^${limit} +(\\d+)`, 'm').exec(limits ?? '')?.[1]);
    if (limitBytes === undefined) return [];
    const freeBytes = Math.max(0, limitBytes - (statusBytes(status, taken) ?? 0));
    return [{ limitBytes, limitOf: 'process', freeBytes }];
  });
  return rooms.toSorted((a, b) => (a.freeBytes ?? 0) - (b.freeBytes ?? 0))[0];
}

/** Resident memory of another process and the most of it so far; undefined where the system does not tell. */
export async function processMemory(
  pid: number,
): Promise<{ readonly processBytes: number; readonly peakBytes: number } | undefined> {
  const status = await readIfThere(`/proc/${pid}/status`);
  const processBytes = statusBytes(status, 'VmRSS');
  const peakBytes = statusBytes(status, 'VmHWM');
  return processBytes === undefined || peakBytes === undefined ? undefined : { processBytes, peakBytes };
}

/** Counts that only ever rise until the computer is started anew; undefined where nobody counts. */
export interface Kills {
  readonly ofGroup?: number;
  readonly ofComputer?: number;
}

/** @param group folder of the control group, as `groupOf` found it while the process was there */
export async function memoryKills(group: string | undefined): Promise<Kills> {
  const events = group === undefined ? undefined : await readIfThere(join(group, 'memory.events'));
  const ofGroup = numberIn(/^oom_kill (\d+)$/m.exec(events ?? '')?.[1]);
  const ofComputer = numberIn(/^oom_kill (\d+)$/m.exec((await readIfThere('/proc/vmstat')) ?? '')?.[1]);
  return {
    ...(ofGroup === undefined ? {} : { ofGroup }),
    ...(ofComputer === undefined ? {} : { ofComputer }),
  };
}

/** Folder of the control group (version 2) of a process. */
export async function groupOf(pid: number | 'self'): Promise<string | undefined> {
  const path = /^0::(\/.*)$/m.exec((await readIfThere(`/proc/${pid}/cgroup`)) ?? '')?.[1];
  return path === undefined ? undefined : join(CGROUPS, path);
}

function statusBytes(status: string | undefined, name: string): number | undefined {
  const kibibytes = numberIn(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status ?? '')?.[1]);
  return kibibytes === undefined ? undefined : kibibytes * 1024;
}

function numberIn(text: string | undefined): number | undefined {
  const value = Number(text?.trim());
  return text === undefined || text.trim() === '' || !Number.isFinite(value) ? undefined : value;
}

/** Other systems have no such files, and a process may end while its entry is read. */
async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}
