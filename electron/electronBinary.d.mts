/** Types of `electronBinary.mjs`, for tests. */

type Environment = Readonly<Record<string, string | undefined>>;

export declare function findElectron(folder: string, environment?: Environment): string | undefined;

export interface ElectronOptions {
  readonly folder: string;
  readonly memoryFile: string;
  readonly say: (line: string) => void;
  readonly environment?: Environment;
  readonly now?: () => number;
  readonly installer?: string;
  readonly patienceMs?: number;
}
export declare function electronOrReason(
  options: ElectronOptions,
): Promise<{ readonly program: string } | { readonly program?: undefined; readonly reason: string }>;
