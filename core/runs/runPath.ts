/** Which files stand for the run around them. Pure. */

/** Of either kind of system, with or without what precedes the name. */
export const RUN_FILE = /(^|[/\\])(run\.json|events\.jsonl)$/i;

export function isRunFile(path: string): boolean {
  return RUN_FILE.test(path);
}

/** Of a run that was named by its folder, or by a file of it. */
export function folderOfRun(path: string): string {
  const trimmed = path.trim();
  if (!isRunFile(trimmed)) return trimmed;
  const [, folder, separator] = /^(.*?)([/\\]?)[^/\\]*$/s.exec(trimmed) ?? [];
  if (folder) return folder;
  return separator ? '/' : '.';
}
