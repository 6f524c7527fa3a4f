/** The radii of search, training and measurement as dots on one axis. */
import { over255 } from '../../../../core/report/format.ts';
import { threat as words } from '../../../texts/threat.ts';
import { nameOf, USUAL } from './attacks.ts';
import { placeOfEpsilon } from './epsilonAxis.ts';
import type { Radii } from './mismatch.ts';

/** More dots than these stand too close for the names of their attacks. */
const FEW = 2;

interface Row {
  readonly id: keyof typeof words.rows;
  /** In place of dots where there are none. */
  readonly otherwise: string;
  readonly dots: readonly { readonly epsilon: number; readonly label: string }[];
}

export function EpsilonScale({
  radii: { search, training, measured },
  objective,
  recipe,
}: {
  readonly radii: Radii;
  readonly objective: number | undefined;
  readonly recipe: string | undefined;
}) {
  const dot = (epsilon: number | undefined): Row['dots'] =>
    epsilon === undefined ? [] : [{ epsilon, label: over255(epsilon) }];
  const inLinf = measured.filter(({ norm }) => norm === 'linf');
  const byEpsilon = new Map<number, readonly string[]>();
  for (const attack of inLinf)
    byEpsilon.set(attack.epsilon, [...(byEpsilon.get(attack.epsilon) ?? []), nameOf(attack)]);
  const rows: readonly Row[] = [
    { id: 'search', otherwise: words.noAdversary, dots: dot(search) },
    ...(objective === undefined ? [] : [{ id: 'objective', otherwise: '', dots: dot(objective) } as const]),
    { id: 'training', otherwise: recipe === undefined ? '' : words.cleanImages, dots: dot(training) },
    {
      id: 'measured',
      otherwise: measured.length === 0 ? words.none : words.notComparable,
      dots: [...byEpsilon].map(([epsilon, names]) => ({
        epsilon,
        label: byEpsilon.size > FEW ? over255(epsilon) : `${over255(epsilon)} ${names.join(', ')}`,
      })),
    },
  ];
  return (
    <table className="epsilon-scale" aria-label={words.scale}>
      <tbody>
        {rows.map(({ id, dots, otherwise }) => (
          <tr key={id}>
            <th scope="row">{words.rows[id]}</th>
            <td>
              <div className={`epsilon-line ${id}`}>
                {USUAL.linf.map((mark) => (
                  <span key={mark} className="epsilon-grid" style={{ left: left(mark) }} aria-hidden />
                ))}
                {dots.length === 0 && <span className="epsilon-none">{otherwise}</span>}
                {dots.map(({ epsilon, label }) => (
                  <span key={epsilon} className="epsilon-dot" style={{ left: left(epsilon) }}>
                    <span className="epsilon-dot-label num">{label}</span>
                  </span>
                ))}
              </div>
            </td>
          </tr>
        ))}
        <tr aria-hidden>
          <td />
          <td>
            <div className="epsilon-line axis num">
              {USUAL.linf.map((mark) => (
                <span key={mark} className="epsilon-tick" style={{ left: left(mark) }}>
                  {over255(mark)}
                </span>
              ))}
            </div>
          </td>
        </tr>
      </tbody>
    </table>
  );
}

const left = (epsilon: number): string => `${100 * placeOfEpsilon('linf', epsilon)}%`;
