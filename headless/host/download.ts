/** Downloads one file: resumes what was cut off, checks what came, and only then gives it its name. */
import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CellsmithError } from '../../core/base/errors.ts';
import { diskError, systemCode } from './diskErrors.ts';
import type { Part } from './partFile.ts';
import { dropPart, openPart, PART, rememberPart } from './partFile.ts';

export interface DownloadRequest {
  readonly url: string;
  /** Where the file shall stand when it is whole. */
  readonly to: string;
  readonly bytes?: number;
  /** Hexadecimal; each that is given must agree. */
  readonly sha256?: string;
  readonly sha512?: string;
  readonly md5?: string;
}

export interface DownloadOptions {
  /** Bytes so far, of so many where known. */
  readonly onProgress?: (done: number, total: number | undefined) => void;
  readonly signal?: AbortSignal;
  /** How often a connection that is cut is taken up again. */
  readonly retries?: number;
  /** Before the first retry; doubles with each. */
  readonly retryMs?: number;
  /** A server that sends nothing for so long counts as cut off. */
  readonly silenceMs?: number;
}

const DEFAULTS = { retries: 5, retryMs: 1000, silenceMs: 60_000 };

const KINDS = ['sha512', 'sha256', 'md5'] as const;
type Hashes = Readonly<Record<(typeof KINDS)[number], Hash>>;

/** What can be tried again without a person's help. */
class Interrupted extends Error {}

/**
 * Downloads to `<to>.part`, checks size and checksums, renames. What came stays for the next call if it fails midway.
 * @throws CellsmithError `download-failed`, `wrong-checksum`, `cancelled`, `disk-full`, `read-only` …
 */
export async function downloadFile(request: DownloadRequest, options: DownloadOptions = {}): Promise<void> {
  const { retries, retryMs } = { ...DEFAULTS, ...options };
  try {
    await mkdir(dirname(request.to), { recursive: true });
    for (let attempt = 0; ; attempt++) {
      try {
        await transfer(request, options);
        break;
      } catch (error) {
        if (options.signal?.aborted === true) throw cancelled(request);
        if (!(error instanceof Interrupted)) throw error;
        if (attempt >= retries) throw failed(request, error.message);
        await wait(retryMs * 2 ** attempt, undefined, { signal: options.signal }).catch(() => undefined);
      }
    }
    await rename(request.to + PART, request.to);
    await dropPart(request.to);
  } catch (error) {
    throw diskError(error, 'write', request.to);
  }
}

async function transfer(request: DownloadRequest, options: DownloadOptions): Promise<void> {
  const part = await openPart(request.to, request.url);
  const silence = new AbortController();
  const silenceMs = options.silenceMs ?? DEFAULTS.silenceMs;
  let timer = setTimeout(() => silence.abort(), silenceMs);
  const heard = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), silenceMs);
  };
  const signal = AbortSignal.any([silence.signal, ...(options.signal ? [options.signal] : [])]);
  let handle: FileHandle | undefined;
  try {
    const { response, start, total } = await ask(request, part, signal);
    const hashes = newHashes();
    if (start > 0) await hashFile(request.to + PART, hashes);
    handle = await open(request.to + PART, start > 0 ? 'a' : 'w');
    let done = start;
    const tooLong = (): boolean => done > (request.bytes ?? Infinity);
    for await (const chunk of chunks(response)) {
      heard();
      done += chunk.length;
      if (tooLong()) break;
      await handle.appendFile(chunk);
      for (const kind of KINDS) hashes[kind].update(chunk);
      options.onProgress?.(done, total);
    }
    await handle.sync();
    if (!tooLong() && total !== undefined && done < total)
      throw new Interrupted(`it was cut off after ${done} of ${total} bytes`);
    await check(request, done, hashes);
  } finally {
    clearTimeout(timer);
    await handle?.close();
  }
}

/** Sends the request; `start` is the byte at which the answer begins. */
async function ask(
  request: DownloadRequest,
  part: Part,
  signal: AbortSignal,
): Promise<{ response: Response; start: number; total: number | undefined }> {
  const headers: Record<string, string> = { 'accept-encoding': 'identity' };
  if (part.bytes > 0 && part.validator !== undefined) {
    headers.range = `bytes=${part.bytes}-`;
    headers['if-range'] = part.validator;
  }
  const response = await fetch(request.url, { headers, signal }).catch((error: unknown) => {
    throw new Interrupted(`the server cannot be reached (${reason(error)})`);
  });
  const { status } = response;
  if (status === 206) {
    const range = /^bytes (\d+)-\d+\/(\d+)$/.exec(response.headers.get('content-range') ?? '');
    if (range !== null && Number(range[1]) === part.bytes) {
      return { response, start: part.bytes, total: Number(range[2]) };
    }
  }
  if (status === 200) {
    const length = response.headers.get('content-length');
    await rememberPart(request.to, request.url, response.headers);
    return { response, start: 0, total: length === null ? request.bytes : Number(length) };
  }
  await response.body?.cancel();
  if (status === 206 || status === 416) {
    // What lies here is not what lies there: begin anew.
    await dropPart(request.to);
    throw new Interrupted('the server could not continue where it stopped');
  }
  if (status === 429 || status >= 500) throw new Interrupted(`the server answered ${status}`);
  throw failed(request, `the server answered ${status} ${response.statusText}`.trim());
}

async function* chunks(response: Response): AsyncGenerator<Uint8Array> {
  if (response.body === null) return;
  try {
    for await (const chunk of response.body) yield chunk;
  } catch (error) {
    throw new Interrupted(`the connection broke off (${reason(error)})`);
  }
}

function newHashes(): Hashes {
  return { sha512: createHash('sha512'), sha256: createHash('sha256'), md5: createHash('md5') };
}

async function hashFile(path: string, hashes: Hashes): Promise<void> {
  for await (const chunk of createReadStream(path) as AsyncIterable<Uint8Array>) {
    for (const kind of KINDS) hashes[kind].update(chunk);
  }
}

async function check(request: DownloadRequest, bytes: number, hashes: Hashes): Promise<void> {
  const found = {
    sha512: hashes.sha512.digest('hex'),
    sha256: hashes.sha256.digest('hex'),
    md5: hashes.md5.digest('hex'),
  };
  const wrong = KINDS.find((kind) => (request[kind] ?? found[kind]) !== found[kind]);
  const rightSize = request.bytes === undefined || request.bytes === bytes;
  if (rightSize && wrong === undefined) return;
  await dropPart(request.to);
  const what =
    wrong === undefined || !rightSize
      ? `it should have ${request.bytes} bytes, not ${bytes}${bytes > (request.bytes ?? 0) ? ' or more' : ''}`
      : `its ${wrong} should be ${request[wrong]}, but is ${found[wrong]}`;
  throw new CellsmithError(
    'wrong-checksum',
    `${basename(request.to)} from ${request.url} is not the published file: ${what}.`,
    'It was deleted. Try again; if it happens again, the server has another file, so get it elsewhere.',
  );
}

function failed({ url }: DownloadRequest, why: string): CellsmithError {
  return new CellsmithError(
    'download-failed',
    `${url} could not be downloaded: ${why}.`,
    'Check the connection and try again; what has arrived is kept. Or download it by other means.',
  );
}

function cancelled({ url }: DownloadRequest): CellsmithError {
  return new CellsmithError(
    'cancelled',
    `The download of ${url} was stopped.`,
    'Start it again to continue.',
  );
}

function reason(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return systemCode(cause) ?? (cause instanceof Error ? cause.message : String(cause));
}
