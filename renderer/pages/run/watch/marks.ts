/** Where in a phase something happened: warnings, a failure, and work taken up again. */
import type { Phase } from '../../../../core/runs/events.ts';
import { count } from '../../../../core/report/format.ts';
import type { RunView, RunWarning } from '../../../../core/runs/runView.ts';
import type { Mark } from '../../../charts/lineTypes.ts';
import type { RunCourse } from '../../../store/runCourse.ts';
import { watch } from '../../../texts/watch.ts';

type RunFailure = Extract<RunView['state'], { kind: 'failed' }>;

/** The same object as long as the run has failed so: its state is another one at every step. */
export function failureIn({ state }: RunView): RunFailure | undefined {
  return state.kind === 'failed' ? state : undefined;
}

export function marksOf(
  phase: Phase,
  warnings: readonly RunWarning[],
  resumed: RunCourse['resumed'],
  failure: RunFailure | undefined,
): readonly Mark[] {
  return [
    ...(failure?.phase === phase
      ? [{ x: failure.progress.step, label: failure.message, tone: 'warn' as const }]
      : []),
    ...resumed
      .filter((one) => one.phase === phase)
      .map(({ step }): Mark => ({ x: step, label: watch.markResumed(count(step)), tone: 'quiet' })),
    ...warnings.flatMap((one): Mark[] =>
      one.phase === phase && one.step !== undefined
        ? [{ x: one.step, label: one.message, tone: 'warn' }]
        : [],
    ),
  ];
}
