/** What was dropped onto the guide, judged by kind and name. Pure. */
import { isRunFile } from '../../../core/runs/runPath.ts';

export interface DroppedItem {
  readonly name: string;
  readonly isFolder: boolean;
}

export type Dropped =
  | { readonly kind: 'experiment' }
  | { readonly kind: 'data' }
  | { readonly kind: 'run' }
  | { readonly kind: 'several' }
  | { readonly kind: 'archive'; readonly name: string }
  | { readonly kind: 'image'; readonly name: string }
  | { readonly kind: 'wrong'; readonly name: string };

const ARCHIVE = /\.(zip|tar|tgz|tar\.gz|tar\.bz2|tar\.xz|7z|rar)$/i;
const IMAGE = /\.(png|jpe?g|webp|gif|bmp|tiff?)$/i;
/** Files that stand for the folder around them, and .npz, which is a data set by itself. */
const DATA = /(\.npz|\.mat|-ubyte(\.gz)?|_batch(_\d)?\.bin|^(train|test)\.bin)$/i;

export function judgeDrop(items: readonly DroppedItem[]): Dropped | undefined {
  const [item, ...others] = items;
  if (item === undefined) return undefined;
  if (others.length > 0) return { kind: 'several' };
  const { name, isFolder } = item;
  if (isFolder || DATA.test(name)) return { kind: 'data' };
  if (isRunFile(name)) return { kind: 'run' };
  if (/\.json$/i.test(name)) return { kind: 'experiment' };
  if (ARCHIVE.test(name)) return { kind: 'archive', name };
  return IMAGE.test(name) ? { kind: 'image', name } : { kind: 'wrong', name };
}

/** The folder to look at for what was chosen: an .npz file, or the folder around another file. */
export function folderOf(path: string): string {
  return path.replace(/[/\\][^/\\]*$/, '') || '/';
}
