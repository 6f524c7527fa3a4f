/** Types of `build.mjs`, for tests. */

export declare const ROOT: string;
export declare const SERVE_BUNDLES: string;
export declare const EXTERNAL: readonly string[];
export declare function buildPrograms(
  outdir?: string,
  entryPoints?: Readonly<Record<string, string>>,
): Promise<void>;
