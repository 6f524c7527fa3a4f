/** Hands an experiment file to the browser, which saves it where the person wants. */
import type { Tree } from '../../store/draft.ts';
import { useToasts } from '../../store/toasts.ts';
import { guide } from '../../texts/guide.ts';
import { experimentFileName, experimentText } from './experimentFile.ts';

export function saveExperiment(config: Tree): void {
  const url = URL.createObjectURL(new Blob([experimentText(config)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = experimentFileName(config);
  link.click();
  // The download has begun by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export async function copyExperiment(config: Tree): Promise<void> {
  const { show } = useToasts.getState();
  try {
    await navigator.clipboard.writeText(experimentText(config));
    show({ tone: 'good', title: guide.copied });
  } catch {
    show({ tone: 'bad', title: guide.copyFailed, detail: guide.copyFailedHint });
  }
}
