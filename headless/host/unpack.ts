/** Unpacks downloaded archives, distrusting every name and size in them. */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, list } from 'tar';
import type { ReadEntry } from 'tar';
import { CellsmithError } from '../../core/base/errors.ts';
import { diskError, systemCode } from './diskErrors.ts';

const TEMPORARY = '.unpacking';
const KINDS = ['File', 'OldFile', 'ContiguousFile', 'Directory', 'GNUDumpDir'];

/**
 * Unpacks a .tar.gz and puts its folder `wanted` into `into`, replacing what stands there. The whole archive is looked
 * through first: absolute paths, `..`, links and devices are refused, and nothing is written.
 * @param mostBytes of unpacked data
 * @throws CellsmithError `bad-archive`, `disk-full` …
 */
export async function unpackTar(
  archive: string,
  into: string,
  wanted: string,
  mostBytes: number,
): Promise<void> {
  await lookThrough(archive, mostBytes);
  const temporary = join(into, `${wanted}${TEMPORARY}`);
  try {
    await rm(temporary, { recursive: true, force: true });
    await mkdir(temporary, { recursive: true });
    await extract({
      file: archive,
      cwd: temporary,
      strict: true,
      filter: (path) => path.startsWith(`${wanted}/`),
    });
    await rm(join(into, wanted), { recursive: true, force: true });
    await rename(join(temporary, wanted), join(into, wanted));
  } catch (error) {
    const gone = systemCode(error) === 'ENOENT';
    throw gone
      ? badArchive(archive, `there is no folder ${wanted} in it`)
      : diskError(error, 'unpack', archive);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Unpacks a .gz beside its target, then renames. @throws CellsmithError `bad-archive`, `disk-full` … */
export async function unpackGzip(archive: string, target: string, mostBytes: number): Promise<void> {
  const temporary = `${target}${TEMPORARY}`;
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.length;
      if (bytes > mostBytes) done(tooLarge(archive, mostBytes));
      else done(undefined, chunk);
    },
  });
  try {
    await pipeline(createReadStream(archive), createGunzip(), counted, createWriteStream(temporary));
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw explained(archive, error);
  }
}

function lookThrough(archive: string, mostBytes: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const input = createReadStream(archive);
    let bytes = 0;
    const stop = (error: unknown): void => {
      input.destroy();
      reject(explained(archive, error));
    };
    const parser = list({
      strict: true,
      onReadEntry(entry: ReadEntry) {
        bytes += entry.size;
        const problem = whatIsWrong(entry);
        if (problem !== undefined) stop(badArchive(archive, problem));
        else if (bytes > mostBytes) stop(tooLarge(archive, mostBytes));
      },
    });
    parser.on('error', stop);
    parser.on('end', () => resolve());
    input.on('error', stop);
    input.pipe(parser);
  });
}

function whatIsWrong({ path, type }: ReadEntry): string | undefined {
  const name = JSON.stringify(path.slice(0, 100));
  if (!KINDS.includes(type)) return `${name} is no plain file or folder (${type})`;
  if (path.startsWith('/') || /^[a-zA-Z]:/.test(path)) return `${name} is an absolute path`;
  if (path.includes('\\') || path.split('/').includes('..')) return `${name} leads out of its folder`;
  return undefined;
}

/** Errors of the unpackers are about the archive, those of the system about the disk. */
function explained(archive: string, error: unknown): unknown {
  const code = systemCode(error);
  if (error instanceof CellsmithError) return error;
  if (code === undefined || /^(Z_|TAR_|ERR_)/.test(code)) {
    return badArchive(archive, error instanceof Error ? error.message : String(error));
  }
  return diskError(error, 'unpack', archive);
}

function tooLarge(archive: string, mostBytes: number): CellsmithError {
  return badArchive(archive, `it unpacks to more than the ${mostBytes} bytes that it should`);
}

/** @param what is wrong with it */
export function badArchive(archive: string, what: string): CellsmithError {
  return new CellsmithError(
    'bad-archive',
    `${archive} was not unpacked: ${what}.`,
    'It is damaged or not what it claims to be. Delete it and download it again from its publisher.',
  );
}
