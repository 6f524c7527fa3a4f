/** Types of `build.mjs`, for tests. */

export declare const ROOT: string;
export declare const SERVE_BUNDLES: string;
export declare const EXTERNAL: readonly string[];
export declare function buildServices(outdir?: string): Promise<void>;
