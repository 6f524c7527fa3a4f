/** Types of `computing.mjs`. */

export declare function computingEnvironment(
  environment?: NodeJS.ProcessEnv,
  platform?: NodeJS.Platform,
): NodeJS.ProcessEnv;
export declare function becomeComputing(): void;
