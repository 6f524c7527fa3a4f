/** The figures of a forecast: a bar of its phases, memory and disk against what there is, what will not fit. */
import type { ReactNode } from 'react';
import { count, duration } from '../../../../core/report/format.ts';
import type { Forecast } from '../../../../core/protocol/forecast.ts';
import { common } from '../../../texts/common.ts';
import { guideReview as words } from '../../../texts/guideReview.ts';
import { bytes } from '../../../texts/sizes.ts';
import { Note } from '../../../ui/feedback.tsx';
import { PHASES } from './plan.ts';

export function ForecastFigures({
  forecast,
  isStale,
}: {
  readonly forecast: Forecast;
  readonly isStale: boolean;
}) {
  const { phases, seconds, peakMemoryBytes, memoryBytes, freeMemoryBytes, diskBytes, freeDiskBytes } =
    forecast;
  const colour = (phase: (typeof phases)[number]['phase']): string => `s${PHASES.indexOf(phase)}`;
  const shareOf = (part: number): number => (seconds > 0 ? part / seconds : 0);
  return (
    <div className={isStale ? 'stack forecast stale' : 'stack forecast'}>
      <p className="forecast-total">
        <strong>{duration(seconds)}</strong> <span className="soft">{words.total}</span>
      </p>
      <div className="stack tight">
        <div className="split-bar" aria-hidden>
          {phases.map(({ phase, seconds: part }) => (
            <div
              key={phase}
              className={`split ${colour(phase)}`}
              style={{ flexGrow: Math.max(part, seconds / 200) }}
            />
          ))}
        </div>
        <ul className="forecast-legend">
          {phases.map(({ phase, seconds: part }) => (
            <li key={phase}>
              <span className={`split-key ${colour(phase)}`} aria-hidden />
              <span>{common.phases[phase]}</span>
              <span className="num soft">{words.phaseTime(part, shareOf(part))}</span>
            </li>
          ))}
        </ul>
      </div>
      {forecast.warnings.length === 0 ? (
        <Note tone="good">{words.fits}</Note>
      ) : (
        <Note tone="bad">
          <ul className="plain-list">
            {forecast.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </Note>
      )}
      <Meter label={words.memory} share={peakMemoryBytes / memoryBytes}>
        {words.memoryOf(peakMemoryBytes, memoryBytes, freeMemoryBytes)}
      </Meter>
      <Meter label={words.diskUse} share={diskBytes / freeDiskBytes}>
        {words.diskOf(diskBytes, freeDiskBytes)}
      </Meter>
      <details>
        <summary>{words.perPhase}</summary>
        <div className="table-scroll" tabIndex={0} role="group" aria-label={words.phaseTable}>
          <table className="table small">
            <caption className="unseen">{words.phaseTable}</caption>
            <thead>
              <tr>
                <th scope="col">{words.phase}</th>
                <th scope="col" className="right">
                  {words.steps}
                </th>
                <th scope="col" className="right">
                  {words.perStep}
                </th>
                <th scope="col" className="right">
                  {words.compile}
                </th>
                <th scope="col" className="right">
                  {words.disk}
                </th>
              </tr>
            </thead>
            <tbody>
              {phases.map(({ phase, steps, secondsPerStep, compileSeconds, diskBytes: disk }) => (
                <tr key={phase}>
                  <th scope="row">{common.phases[phase]}</th>
                  <td className="right">{count(steps)}</td>
                  <td className="right">{words.stepTime(secondsPerStep)}</td>
                  <td className="right">{duration(compileSeconds)}</td>
                  <td className="right">{bytes(disk)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
      <p className="small soft">
        {forecast.basis} {words.device(forecast.device)}
      </p>
    </div>
  );
}

function Meter({
  label,
  share,
  children,
}: {
  readonly label: string;
  readonly share: number;
  readonly children: ReactNode;
}) {
  const percent = Math.round(100 * Math.min(1, Math.max(0, Number.isFinite(share) ? share : 1)));
  return (
    <div className="progress">
      <div className="progress-line">
        <span>{label}</span>
        <span className="soft num">{children}</span>
      </div>
      <div
        className="progress-track"
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
      >
        <div
          className={percent >= 90 ? 'progress-bar full' : 'progress-bar'}
          style={{ width: `${percent}%` }}
        />
      </div>
    </div>
  );
}
