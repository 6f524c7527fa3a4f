/** Types of `build.mjs`, for tests. */
import type { Metafile } from 'esbuild';

export declare const ROOT: string;
export declare const BUNDLES: string;
export declare const WINDOW: string;
export declare const EXTERNAL: readonly string[];
/** @returns what esbuild read and wrote: programs, preload script */
export declare function buildDesktop(outdir?: string): Promise<[Metafile, Metafile]>;
export declare function buildWindow(outdir?: string): Promise<void>;
