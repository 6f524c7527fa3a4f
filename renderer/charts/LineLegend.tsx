/** Names of the lines of a chart, with their colour and dashes and their latest values. */
import { lastValue } from './lastValue.ts';
import type { Line, LineChartProps } from './lineTypes.ts';
import { lookOf } from './looks.ts';

export function LineLegend({
  lines,
  show,
  showLast,
  band,
}: Pick<LineChartProps, 'showLast'> & {
  readonly lines: readonly Line[];
  readonly show: (value: number) => string;
  /** Name of the band, where there is one. */
  readonly band?: string | undefined;
}) {
  return (
    <ul className="chart-legend">
      {lines.map((line, i) => (
        <li key={line.label}>
          <LineSample look={line.look ?? i} />
          <span>{line.label}</span>
          <span className="chart-last num">{lastValue(line, show, showLast)}</span>
        </li>
      ))}
      {band !== undefined && (
        <li>
          <span className="chart-band-sample" aria-hidden />
          {band}
        </li>
      )}
    </ul>
  );
}

export function LineSample({ look }: { readonly look: number }) {
  const { colour, dash } = lookOf(look);
  return (
    <svg className="chart-sample" viewBox="0 0 28 10" aria-hidden>
      <path d="M0 5H28" stroke={`var(${colour})`} strokeWidth="2.5" strokeDasharray={dash.join(' ')} />
    </svg>
  );
}
