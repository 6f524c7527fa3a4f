/** RunFiles in memory that can run full and crash at any operation, leaving what a real disk would. */
import { CellsmithError } from '../../core/base/errors.ts';
import type { Clock } from '../../core/base/clock.ts';
import type { RunFiles } from '../../core/runs/files.ts';

/** Thrown by every call from the crash on: the process is dead, only the disk remains. */
export class Crash extends Error {}

export interface Faults {
  /** The disk holds so many bytes, temporary files included. */
  capacity: number;
  /** Number of the operation at which the process dies; see `operations`. */
  crashAt: number;
  /** Whether the fatal operation leaves half of what it was to write, or nothing. */
  halfWay: boolean;
}

export interface MemoryFiles extends RunFiles {
  readonly faults: Faults;
  /** Everything on the disk by path; share it with another `memoryFiles` to reopen after a crash. */
  readonly disk: Map<string, Uint8Array<ArrayBuffer>>;
  /** Changes made so far: a write counts two (the temporary file, the rename), a removed folder one per file. */
  operations(): number;
}

const TEMPORARY = '.tmp~';

/** An empty disk, or one that an earlier process left. Locks are gone with the process that held them. */
export function memoryFiles(disk = new Map<string, Uint8Array<ArrayBuffer>>()): MemoryFiles {
  const faults: Faults = { capacity: Infinity, crashAt: Infinity, halfWay: false };
  let operations = 0;
  let crashed = false;
  let locked = false;

  const alive = (): void => {
    if (crashed) throw new Crash('the process is dead');
  };

  /** One change to the disk; `half` is what a crash in the midst of it leaves. */
  const change = (whole: () => void, half: () => void): void => {
    alive();
    if (operations++ === faults.crashAt) {
      crashed = true;
      if (faults.halfWay) half();
      throw new Crash(`crash at operation ${faults.crashAt}`);
    }
    whole();
  };

  /** Puts as much of `bytes` as there is room for. */
  const put = (path: string, before: Uint8Array, bytes: Uint8Array): void => {
    const others = [...disk].reduce((sum, [name, content]) => sum + (name === path ? 0 : content.length), 0);
    const fits = Math.max(0, Math.min(bytes.length, faults.capacity - others - before.length));
    const content = new Uint8Array(before.length + fits);
    content.set(before);
    content.set(bytes.subarray(0, fits), before.length);
    disk.set(path, content);
    if (fits < bytes.length) {
      throw new CellsmithError(
        'disk-full',
        `Cannot write memory/${path}: the disk is full.`,
        'Free some space.',
      );
    }
  };

  const none = new Uint8Array(0);
  const halfOf = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, bytes.length >> 1);
  const read = (path: string): Uint8Array<ArrayBuffer> => {
    alive();
    const content = disk.get(path);
    if (content === undefined) {
      throw new CellsmithError(
        'not-found',
        `Cannot read memory/${path}: there is nothing there.`,
        'Check the path.',
      );
    }
    return content.slice();
  };

  return {
    root: 'memory',
    faults,
    disk,
    operations: () => operations,
    async exists(path) {
      alive();
      return [...disk.keys()].some((name) => name === path || name.startsWith(`${path}/`));
    },
    readText: async (path) => new TextDecoder().decode(read(path)),
    readBytes: async (path) => read(path),
    async write(path, content) {
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content.slice();
      const temporary = path + TEMPORARY;
      try {
        change(
          () => put(temporary, none, bytes),
          () => put(temporary, none, halfOf(bytes)),
        );
      } catch (error) {
        if (!crashed) disk.delete(temporary);
        throw error;
      }
      const rename = (): void => {
        disk.set(path, disk.get(temporary) ?? none.slice());
        disk.delete(temporary);
      };
      // A rename has no half; a crash right after it shows as the next operation's.
      change(rename, () => undefined);
    },
    async appendLine(path, line) {
      const bytes = new TextEncoder().encode(`${line}\n`);
      const before = disk.get(path) ?? none;
      change(
        () => put(path, before, bytes),
        () => put(path, before, halfOf(bytes)),
      );
    },
    async truncate(path, bytes) {
      const content = read(path);
      change(
        () => disk.set(path, content.slice(0, bytes)),
        () => undefined,
      );
    },
    async list(path) {
      alive();
      const prefix = path === '' ? '' : `${path}/`;
      const inside = [...disk.keys()].filter((name) => name.startsWith(prefix) && !name.endsWith(TEMPORARY));
      return [...new Set(inside.map((name) => name.slice(prefix.length).split('/')[0]))].sort();
    },
    async remove(path) {
      alive();
      for (const name of [...disk.keys()].filter((n) => n === path || n.startsWith(`${path}/`))) {
        change(
          () => disk.delete(name),
          () => undefined,
        );
      }
    },
    async lock() {
      alive();
      if (locked) throw new CellsmithError('run-locked', 'memory is in use by this process.', 'Wait for it.');
      locked = true;
      return async () => {
        locked = false;
      };
    },
  };
}

/** A clock that stands until it is moved, or that goes on by `tick` at every look. */
export function fakeClock(tick = 0): Clock & { advance(ms: number): void } {
  let now = 1_700_000_000_000;
  return {
    now: () => (now += tick),
    advance(ms) {
      now += ms;
    },
  };
}
