/** A genotype for other programs: into the clipboard or into a file. */
import { CellsmithError } from '../../core/base/errors.ts';
import type { Genotype } from '../../core/searchSpace/genotype.ts';
import { printGenotype } from '../../core/searchSpace/genotypeText.ts';
import { showFailure, useToasts } from '../store/toasts.ts';
import { studioDialogs } from '../texts/studioDialogs.ts';
import { download, fileName } from './graph/downloads.ts';

export type ShareForm = 'text' | 'json';

export function genotypeAs(form: ShareForm, genotype: Genotype): string {
  return form === 'json' ? `${JSON.stringify(genotype, undefined, 2)}\n` : `${printGenotype(genotype)}\n`;
}

export async function copyGenotype(form: ShareForm, genotype: Genotype): Promise<void> {
  try {
    await navigator.clipboard.writeText(genotypeAs(form, genotype));
  } catch {
    // The browser says no more than that it may not.
    showFailure(new CellsmithError('clipboard', studioDialogs.notCopied, studioDialogs.notCopiedHint));
    return;
  }
  useToasts.getState().show({ tone: 'good', title: studioDialogs.copied });
}

export function saveGenotype(form: ShareForm, name: string, genotype: Genotype): void {
  const type = form === 'json' ? 'application/json' : 'text/plain';
  download(
    `${fileName(name)}.${form === 'json' ? 'json' : 'txt'}`,
    new Blob([genotypeAs(form, genotype)], { type }),
  );
}
