import { describe, expect, it } from 'vitest';
import type { NewRunEvent, Phase, RunEvent } from '../../../../../core/runs/events.ts';
import type { WorkingExecutor } from '../../../../../core/runs/lessMemory.ts';
import { FULL_HEAP } from '../../../../../core/runs/lessMemory.ts';
import { reduceEvents } from '../../../../../core/runs/reduceEvents.ts';
import { RunConfig } from '../../../../../core/runs/runConfig.ts';
import { emptyView } from '../../../../../core/runs/runView.ts';
import type { RunView } from '../../../../../core/runs/runView.ts';
import { draftWith, failedPhase, offersFor } from '../../../../../renderer/pages/run/frame/memoryDraft.ts';

const config = RunConfig.parse({
  name: 'pets',
  search: { strategy: { id: 'darts', config: { learningRate: 0.1, learningRateMin: 0 } }, batchSize: 64 },
});
const genotype = {
  normal: [[{ op: 'skip_connect', from: 0 }], [{ op: 'sep_conv_3x3', from: 1 }]],
  reduce: [[{ op: 'skip_connect', from: 0 }], [{ op: 'sep_conv_3x3', from: 1 }]],
} as const;

function failedIn(phase: Phase, planned: Phase[], found = false): RunView {
  const derived = (strategy: string): NewRunEvent =>
    ({ kind: 'derived', genotype, params: 1, macs: 1, rule: 'top2', strategy }) as unknown as NewRunEvent;
  const events: NewRunEvent[] = [
    { kind: 'planned', phases: planned, config },
    ...(found ? [derived('darts'), derived('baseline')] : []),
    { kind: 'failed', phase, step: 3, code: 'out-of-memory', message: 'm', hint: 'h' },
  ];
  return reduceEvents(
    emptyView,
    events.map((event, at) => ({ ...event, at }) as RunEvent),
  );
}
const kinds = (view: RunView, message = 'm', working: readonly WorkingExecutor[] = []) =>
  offersFor(view, config, message, working).map(({ kind }) => kind);

describe('a draft that takes less memory', () => {
  it('is offered for the phase that did not fit, and what helps a full heap only there', () => {
    const view = failedIn('search', ['search']);
    expect(failedPhase(view)).toBe('search');
    expect(kinds(view)).toEqual(['batch', 'partialChannels', 'channels', 'cells']);
    expect(kinds(view, 'm', [{ id: 'onnx-cpu' }, { id: 'onnx-webgpu', onCard: true }]).at(-1)).toBe(
      'executor',
    );
    expect(kinds(view, `Memory ran out: ${FULL_HEAP}.`)).toEqual(['cells']);
    expect(kinds(failedIn('evaluate', ['evaluate']))).toEqual(['channels', 'cells']);
    expect(failedPhase(emptyView)).toBeUndefined();
  });

  it('searches again with less where the search did not fit', () => {
    const view = failedIn('search', ['search', 'retrain']);
    const [batch] = offersFor(view, config, 'm', []);
    const draft = draftWith(batch, view, config, 'pets 2');
    expect(draft).toMatchObject({ phases: ['search', 'retrain'], hasGenotype: false });
    expect(draft.config).toMatchObject({
      name: 'pets 2',
      search: { batchSize: 32, strategy: { id: 'darts', config: { learningRate: 0.05 } } },
    });
    expect(draft.config).not.toHaveProperty('genotype');
  });

  it('takes what was found where the search is done, and trains it anew', () => {
    const view = failedIn('evaluate', ['evaluate', 'export'], true);
    const [channels] = offersFor(view, config, 'm', []);
    const draft = draftWith(channels, view, config, 'pets 2');
    expect(draft).toMatchObject({ phases: ['retrain', 'evaluate', 'export'], hasGenotype: true });
    expect(draft.config.genotype).toEqual(genotype);
    const whole = failedIn('baseline', ['search', 'retrain', 'baseline'], true);
    expect(draftWith(channels, whole, config, 'p').phases).toEqual(['retrain', 'baseline']);
  });
});
