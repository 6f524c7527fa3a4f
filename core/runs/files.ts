/** What a run needs of a disk. Node's version is in headless/host, an in-memory one in test/helpers. */

/**
 * A folder. Paths are relative to it, with forward slashes, and stay inside it; parents are made as needed.
 * Failures are CellsmithErrors: `not-found`, `disk-full`, `read-only`, `bad-path`, `disk`.
 */
export interface RunFiles {
  /** For messages to people. */
  readonly root: string;
  exists(path: string): Promise<boolean>;
  readText(path: string): Promise<string>;
  readBytes(path: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Writes beside, flushes to disk, then renames: a reader sees the old file or the new, nothing in between. */
  write(path: string, content: string | Uint8Array): Promise<void>;
  /** Appends one line, or several joined by newlines, with a newline after the last, and flushes to disk. */
  appendLine(path: string, line: string): Promise<void>;
  /** Cuts the file to so many bytes (a torn last line). */
  truncate(path: string, bytes: number): Promise<void>;
  /** Names of a folder's entries, without this interface's own lock and leftovers; empty where there is no such folder. */
  list(path: string): Promise<readonly string[]>;
  /** Removes a file, or a folder with all it holds; nothing happens where there is neither. */
  remove(path: string): Promise<void>;
  /** Takes the folder for this process or throws `run-locked`; the returned function releases it and open files. */
  lock(): Promise<() => Promise<void>>;
}
