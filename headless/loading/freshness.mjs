// Whether something built is older than what it is built from.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** @param sources files and folders; what is missing counts for nothing */
export function newestChange(sources) {
  let newest = 0;
  const look = (path) => {
    const entry = statSync(path, { throwIfNoEntry: false });
    if (entry === undefined) return;
    // A file that was deleted shows in the time of its folder.
    newest = Math.max(newest, entry.mtimeMs);
    if (!entry.isDirectory()) return;
    for (const child of readdirSync(path, { withFileTypes: true })) {
      if (child.name !== 'node_modules') look(join(path, child.name));
    }
  };
  sources.forEach(look);
  return newest;
}

/** @param built the file that a build writes last, or writes always */
export function isStale(built, sources) {
  const entry = statSync(built, { throwIfNoEntry: false });
  return entry === undefined || newestChange(sources) > entry.mtimeMs;
}
