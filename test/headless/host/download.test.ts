import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DownloadOptions } from '../../../headless/host/download.ts';
import { downloadFile } from '../../../headless/host/download.ts';
import { failure } from '../../helpers/datasetBytes.ts';

const CONTENT = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 31 + (i >> 8)) % 256);
const SHA256 = createHash('sha256').update(CONTENT).digest('hex');
const QUICK: DownloadOptions = { retryMs: 1, retries: 3 };

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let folder = '';
let url = '';
let answer: Answer;
let requests: IncomingMessage['headers'][] = [];
const server = createServer((request, response) => {
  requests.push(request.headers);
  answer(request, response);
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cellsmith-download-'));
  requests = [];
  answer = serve();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/data.bin`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  await rm(folder, { recursive: true, force: true });
});

/** Serves `content` with ranges, and cuts each connection after `cut` bytes. */
function serve({ content = CONTENT, etag = '"v1"', cut = Infinity } = {}): Answer {
  return (request, response) => {
    const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? '');
    const start = range !== null && request.headers['if-range'] === etag ? Number(range[1]) : 0;
    const body = content.subarray(start);
    response.writeHead(start > 0 ? 206 : 200, {
      ...(etag === '' ? {} : { etag }),
      'content-length': body.length,
      ...(start > 0 ? { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` } : {}),
    });
    if (body.length <= cut) response.end(body);
    else response.write(body.subarray(0, cut), () => setTimeout(() => response.destroy(), 20));
  };
}

function get(
  options: DownloadOptions = QUICK,
  check: { bytes?: number; sha256?: string } = { bytes: CONTENT.length, sha256: SHA256 },
): Promise<void> {
  return downloadFile({ url, to: join(folder, 'data.bin'), ...check }, options);
}

async function arrived(): Promise<Buffer> {
  return readFile(join(folder, 'data.bin'));
}

describe('a download', () => {
  it('arrives whole, with progress, and leaves nothing else behind', async () => {
    const progress: (number | undefined)[] = [];
    await get({ onProgress: (done, total) => progress.push(done, total) });
    expect((await arrived()).equals(CONTENT)).toBe(true);
    expect(progress.slice(-2)).toEqual([CONTENT.length, CONTENT.length]);
    expect(await readdir(folder)).toEqual(['data.bin']);
  });

  it('continues where the connection was cut, as long as the server has the same file', async () => {
    answer = serve({ cut: 100_000 });
    await get();
    expect((await arrived()).equals(CONTENT)).toBe(true);
    expect(requests).toHaveLength(3);
    expect(requests[0].range).toBeUndefined();
    expect(requests[1]).toMatchObject({ range: 'bytes=100000-', 'if-range': '"v1"' });
    expect(requests[2].range).toBe('bytes=200000-');
  });

  it('keeps what has come when it gives up, and continues in another call', async () => {
    answer = serve({ cut: 100_000 });
    const { code, message } = await failure(() => get({ retries: 0 }));
    expect(code).toBe('download-failed');
    expect(message).toContain(url);
    expect(existsSync(join(folder, 'data.bin'))).toBe(false);
    answer = serve();
    await get();
    expect(requests[1].range).toBe('bytes=100000-');
    expect((await arrived()).equals(CONTENT)).toBe(true);
  });

  it('begins anew where the file has changed or cannot be told to be the same', async () => {
    answer = serve({ content: new Uint8Array(CONTENT.length), cut: 100_000 });
    await failure(() => get({ retries: 0 }));
    answer = serve({ etag: '"v2"' });
    await get();
    expect(requests[1].range).toBe('bytes=100000-');
    expect((await arrived()).equals(CONTENT)).toBe(true);

    await rm(join(folder, 'data.bin'));
    answer = serve({ etag: '', cut: 100_000 });
    await failure(() => get({ retries: 0 }));
    answer = serve({ etag: '' });
    await get();
    expect(requests.at(-1)?.range).toBeUndefined();
  });

  it('begins anew where the server cannot continue', async () => {
    answer = serve({ cut: 100_000 });
    await failure(() => get({ retries: 0 }));
    answer = (request, response) => {
      if (request.headers.range === undefined) serve()(request, response);
      else response.writeHead(416).end();
    };
    await get();
    expect((await arrived()).equals(CONTENT)).toBe(true);
  });

  it('is refused and deleted where checksum or size are wrong', async () => {
    const sha256 = SHA256.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
    const wrong = await failure(() => get(QUICK, { sha256 }));
    expect(wrong.code).toBe('wrong-checksum');
    expect(wrong.message).toContain(sha256);
    expect(wrong.message).toContain(SHA256);
    expect(await readdir(folder)).toEqual([]);
    const long = await failure(() => get(QUICK, { bytes: 1000 }));
    expect(long.message).toContain('should have 1000 bytes');
    expect(await failure(() => get(QUICK, { bytes: 300_001 }))).toMatchObject({ code: 'wrong-checksum' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('tries again when the server is busy, but not when the file is not there', async () => {
    let times = 0;
    answer = (request, response) => {
      if (times++ < 2) response.writeHead(503).end();
      else serve()(request, response);
    };
    await get();
    expect(requests).toHaveLength(3);
    await rm(join(folder, 'data.bin'));
    answer = (_request, response) => void response.writeHead(404).end();
    expect((await failure(() => get())).message).toContain('404');
    expect(requests).toHaveLength(4);
  });

  it('gives up on a server that falls silent, and when it is stopped', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-length': 10 });
      response.write('12345');
    };
    expect(await failure(() => get({ retries: 0, silenceMs: 100 }))).toMatchObject({
      code: 'download-failed',
    });
    const stop = new AbortController();
    const stopping = get({ signal: stop.signal, onProgress: () => stop.abort() });
    expect(await failure(() => stopping)).toMatchObject({ code: 'cancelled' });
  });

  it('survives a damaged note about the piece that is there', async () => {
    await writeFile(join(folder, 'data.bin.part'), 'rubbish');
    await writeFile(join(folder, 'data.bin.part.json'), '{');
    await get();
    expect((await arrived()).equals(CONTENT)).toBe(true);
    expect(await readdir(folder)).toEqual(['data.bin']);
  });
});
