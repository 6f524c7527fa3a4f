/** Types of `freshness.mjs`, for tests. */

export declare function newestChange(sources: readonly string[]): number;
export declare function isStale(built: string, sources: readonly string[]): boolean;
