/** Names of the lines of a chart, with their colour and dashes and their latest values. */
import type { Line } from './lineTypes.ts';
import { lookOf } from './looks.ts';

export function LineLegend({
  lines,
  show,
  band,
}: {
  readonly lines: readonly Line[];
  readonly show: (value: number) => string;
  /** Name of the band, where there is one. */
  readonly band?: string | undefined;
}) {
  return (
    <ul className="chart-legend">
      {lines.map(({ label, ys, look }, i) => (
        <li key={label}>
          <LineSample look={look ?? i} />
          <span>{label}</span>
          <span className="chart-last num">{ys.length === 0 ? '' : show(ys[ys.length - 1])}</span>
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
