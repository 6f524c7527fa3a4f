/** Takes experiment files and presets into the draft; what was there comes back by undoing. */
import { CellsmithError } from '../../../core/base/errors.ts';
import type { CatalogPreset } from '../../../core/protocol/catalog.ts';
import type { Phase } from '../../../core/runs/events.ts';
import { library } from '../../api/services.ts';
import { useDraft } from '../../store/draft.ts';
import { contentOf } from '../../store/keptDraft.ts';
import { showFailure, useToasts } from '../../store/toasts.ts';
import { common } from '../../texts/common.ts';
import { guide } from '../../texts/guide.ts';
import { LARGEST_EXPERIMENT } from './experimentFile.ts';

/** A file says nothing of phases; nothing is left out then. */
const ALL_PHASES: readonly Phase[] = ['search', 'retrain', 'baseline', 'evaluate', 'export'];

const undoing = { label: common.undo, act: () => useDraft.getState().undo() };

/** @returns whether it was taken; what is wrong with the file was told otherwise */
export async function openExperiment(file: File): Promise<boolean> {
  try {
    const text = await textOf(file);
    const { config } = await library.call('readExperiment', { text, name: file.name });
    useDraft.getState().replace(config, ALL_PHASES);
    useToasts.getState().show({ tone: 'good', title: guide.opened(file.name), action: undoing });
    return true;
  } catch (error) {
    showFailure(error);
    return false;
  }
}

async function textOf(file: File): Promise<string> {
  const { name, size } = file;
  const words = guide.notOpened;
  if (size > LARGEST_EXPERIMENT)
    throw new CellsmithError(
      'experiment-too-large',
      words.tooLarge(name, size, LARGEST_EXPERIMENT),
      words.hint,
    );
  try {
    return await file.text();
  } catch {
    // A folder, or a file that went away: browsers do not tell them apart.
    throw new CellsmithError('unreadable-file', words.unreadable(name), words.hint);
  }
}

export function startFromPreset(preset: CatalogPreset): void {
  const { config, phases, presetId } = contentOf(preset);
  useDraft.getState().replace(config, phases, presetId);
  useToasts.getState().show({ tone: 'good', title: guide.replaced(preset.title), action: undoing });
}
