/** Where in a phase something happened: warnings, and work taken up again. */
import type { Phase } from '../../../../core/runs/events.ts';
import { count } from '../../../../core/report/format.ts';
import type { RunWarning } from '../../../../core/runs/runView.ts';
import type { Mark } from '../../../charts/lineTypes.ts';
import type { RunCourse } from '../../../store/runCourse.ts';
import { watch } from '../../../texts/watch.ts';

export function marksOf(
  phase: Phase,
  warnings: readonly RunWarning[],
  resumed: RunCourse['resumed'],
): readonly Mark[] {
  return [
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
