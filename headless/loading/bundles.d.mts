/** Types of `bundles.mjs`. */

export declare const ROOT: string;
export declare const SERVE_BUNDLES: string;
export declare const SOURCES: readonly string[];
