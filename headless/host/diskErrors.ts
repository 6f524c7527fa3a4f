/** Turns the system's disk errors into ones that a person can act on. */
import { CellsmithError } from '../../core/base/errors.ts';

/** The system's name for an error, such as ENOSPC; undefined where it is none. */
export function systemCode(error: unknown): string | undefined {
  if (error instanceof CellsmithError) return undefined;
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** The error to throw instead. @param doing such as 'write', @param path absolute, as the person knows it */
export function diskError(error: unknown, doing: string, path: string): unknown {
  switch (systemCode(error)) {
    case undefined:
      return error;
    case 'ENOSPC':
    case 'EDQUOT':
      return new CellsmithError(
        'disk-full',
        `Cannot ${doing} ${path}: the disk or your share of it is full.`,
        'Free some space on that disk, then try again; a run is resumed from its last checkpoint. Nothing that was saved before is lost.',
      );
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return new CellsmithError(
        'read-only',
        `Cannot ${doing} ${path}: access is denied (${systemCode(error)}).`,
        'Give yourself permission for this folder, or choose one on a disk that you may write to.',
      );
    case 'ENOENT':
      return new CellsmithError(
        'not-found',
        `Cannot ${doing} ${path}: there is nothing there.`,
        'Check the path; a disk that was removed may have to be attached again.',
      );
    case 'ENOTDIR':
    case 'EISDIR':
    case 'EEXIST':
    case 'ENAMETOOLONG':
      return new CellsmithError(
        'bad-path',
        `Cannot ${doing} ${path}: a file stands where a folder should be, or the other way round (${systemCode(error)}).`,
        'Choose another folder.',
      );
    default:
      return new CellsmithError(
        'disk',
        `Cannot ${doing} ${path}: ${error instanceof Error ? error.message : String(error)}.`,
        'Check that the disk works and is attached, then try again; a run is resumed from its last checkpoint.',
      );
  }
}
