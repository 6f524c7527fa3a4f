/** What a data set is read from, and what its reader asks of the host. */
import type { Rng } from '../base/rng.ts';
import type { Dataset } from './imageSet.ts';

export interface SourceEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
}

/**
 * A folder to read, or a single file as the only entry of one. Paths are relative to it, with forward slashes, '' the
 * folder itself. Failures are CellsmithErrors: `not-found`, `read-only`, `bad-path`, `disk`.
 */
export interface SourceFiles {
  /** For messages to people. */
  readonly root: string;
  /** The name of the file, where a single one is all there is. */
  readonly file?: string;
  /** Entries in order of name (by code unit), hidden ones left out. */
  list(folder: string): Promise<readonly SourceEntry[]>;
  /** The caller's to keep. */
  read(path: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Bytes of a file. */
  size(path: string): Promise<number>;
}

export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** Turns PNG, JPEG and WebP files into pixels. Both calls throw on bytes that are no whole image. */
export interface ImageDecoder {
  /** As shown, with the camera's rotation applied. */
  size(bytes: Uint8Array): Promise<ImageSize>;
  /** Scaled to cover `size`, cropped to its middle, transparent parts on black. @returns [H, W, 3], 0 … 255 */
  decode(bytes: Uint8Array, size: ImageSize): Promise<Uint8Array>;
}

/** `done` of `total`, in units named by `what`. */
export type OnData = (what: string, done: number, total: number) => void;

export interface DatasetHost {
  files(path: string): SourceFiles;
  readonly decoder: ImageDecoder;
  readonly onProgress?: OnData;
}

export interface SourceConfig {
  /** Side of the square images wanted; their own where left out. */
  readonly imageSize?: number;
  readonly limit?: number;
  readonly testLimit?: number;
  readonly skipUnreadable: boolean;
}

/** All that a reader gets. A reader may already honour `imageSize` and limits; what it leaves undone is done after it. */
export interface OpenRequest {
  /** What follows the colon of `id:path`. */
  readonly path?: string;
  readonly config: SourceConfig;
  readonly rng: Rng;
  readonly host: DatasetHost;
}

/** What networks are built for. */
export interface KnownImage {
  readonly classes: number;
  /** Side in pixels. */
  readonly imageSize: number;
  readonly imageChannels: number;
}

export interface DatasetSource {
  readonly id: string;
  readonly title: string;
  /** What the part after the colon means. */
  readonly path: { readonly needed: boolean; readonly description: string };
  /** @throws CellsmithError where what follows the colon is wrong and can be told without looking for files */
  checkPath?(path: string): void;
  /** What its images are, where that is certain before they are read; their own size. */
  readonly image?: KnownImage;
  open(request: OpenRequest): Promise<Dataset>;
}
