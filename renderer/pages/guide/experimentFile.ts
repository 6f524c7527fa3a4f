/** The experiment file of a draft: its text, its name, how large one may be. Pure. */
import { RUN_FORMAT } from '../../../core/runs/runConfig.ts';
import type { Tree } from '../../store/tree.ts';

/** Bytes. One has some thousand; a text is six times as long in a message at most, which has to pass as a whole. */
export const LARGEST_EXPERIMENT = 1e6;

export function experimentText(config: Tree): string {
  return `${JSON.stringify({ format: RUN_FORMAT, ...config }, undefined, 2)}\n`;
}

/** A name that every system takes: letters, digits and dashes. */
export function experimentFileName(config: Tree): string {
  const name = typeof config.name === 'string' ? config.name : '';
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .replaceAll(/[^\p{Letter}\p{Number}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 80);
  return `${plain === '' ? 'experiment' : plain}.json`;
}
