/** The demonstration in one go: its preset, completed and checked, under a name that is free. */
import { CellsmithError } from '../../../core/base/errors.ts';
import type { RunId } from '../../../core/protocol/values.ts';
import { host, library } from '../../api/services.ts';
import { readCatalog } from '../../store/catalog.ts';
import { contentOf } from '../../store/keptDraft.ts';
import { freshName } from '../../store/names.ts';
import { useRuns } from '../../store/runs.ts';
import { home as texts } from '../../texts/home.ts';

const DEMO = 'demo';

/** @param executor of those that work here, where the usual one does not @throws what reading the catalogue, checking or starting says */
export async function startDemo(executor: string | undefined): Promise<RunId> {
  const preset = (await readCatalog()).presets.find(({ id }) => id === DEMO);
  if (preset === undefined) throw new CellsmithError('not-found', texts.demoMissing, texts.demoMissingHint);
  const { config, phases } = contentOf(preset);
  const taken = (useRuns.getState().list ?? []).map(({ name }) => name);
  const chosen = executor === undefined ? {} : { executor };
  const checked = await library.call('checkConfig', {
    config: { ...config, ...chosen, name: freshName(preset.id, taken), seed: 1 },
  });
  if (!checked.ok) {
    const [{ message, hint }] = checked.issues;
    throw new CellsmithError('bad-config', message, hint);
  }
  const { runId } = await host.call('startRun', { plan: { config: checked.config, phases: [...phases] } });
  return runId;
}
