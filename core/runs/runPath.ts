/** Which files stand for the run around them. Pure. */

const RUN_FILE = /^(run\.json|events\.jsonl)$/i;

export function isRunFile(name: string): boolean {
  return RUN_FILE.test(name);
}

/** Of a run that was named by its folder, or by a file of it. On either kind of system. */
export function folderOfRun(path: string): string {
  const trimmed = path.trim();
  if (isRunFile(trimmed)) return '.';
  const [, folder, name] = /^(.*)[/\\]([^/\\]*)$/s.exec(trimmed) ?? [];
  if (name === undefined || !isRunFile(name)) return trimmed;
  return folder === '' ? '/' : folder;
}
