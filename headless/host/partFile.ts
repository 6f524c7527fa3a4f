/** The piece of a download that is there already, and what tells whether the server still has the same file. */
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { systemCode } from './diskErrors.ts';

/** Appended to the name of what is being downloaded. */
export const PART = '.part';
const NOTE = '.part.json';

export interface Part {
  readonly bytes: number;
  /** For If-Range; undefined where the piece cannot be continued safely. */
  readonly validator?: string;
}

const Note = z.object({ url: z.string(), validator: z.string() });

export async function openPart(target: string, url: string): Promise<Part> {
  try {
    const note = Note.parse(JSON.parse(await readFile(target + NOTE, 'utf8')));
    const { size } = await stat(target + PART);
    return note.url === url ? { bytes: size, validator: note.validator } : { bytes: 0 };
  } catch (error) {
    // No note, or one that makes no sense: begin anew. Anything else is the disk's.
    const code = systemCode(error);
    if (code === undefined || code === 'ENOENT') return { bytes: 0 };
    throw error;
  }
}

/** A weak ETag does not promise equal bytes, so it is no validator (RFC 9110, 13.1.5). */
export async function rememberPart(target: string, url: string, headers: Headers): Promise<void> {
  const etag = headers.get('etag');
  const validator = etag !== null && !etag.startsWith('W/') ? etag : headers.get('last-modified');
  if (validator === null) await rm(target + NOTE, { force: true });
  else await writeFile(target + NOTE, JSON.stringify({ url, validator }));
}

export async function dropPart(target: string): Promise<void> {
  await rm(target + PART, { force: true });
  await rm(target + NOTE, { force: true });
}
