/** How the images are divided: one bar, with what each part is for. */
import type { DataLook } from '../../../../core/protocol/libraryApi.ts';
import { Term } from '../../../ui/Term.tsx';
import { guideData as words } from '../../../texts/guideData.ts';

const TERMS = {
  weights: 'supernet',
  alphas: 'alphas',
  validation: 'validation',
  'test split': 'testSplit',
} as const;
const SPLITS = ['weights', 'alphas', 'validation', 'test split'] as const;

export function SplitBar({ parts }: { readonly parts: DataLook['parts'] }) {
  const splits = SPLITS.flatMap((split) => {
    const count = parts.find(({ part }) => part === split)?.count ?? 0;
    return count === 0 ? [] : [{ split, count }];
  });
  const total = splits.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return undefined;
  return (
    <section className="stack tight" aria-label={words.splits}>
      <h3>{words.splits}</h3>
      <div className="split-bar" aria-hidden>
        {splits.map(({ split, count }) => (
          <div key={split} className={`split s${SPLITS.indexOf(split)}`} style={{ flexGrow: count }} />
        ))}
      </div>
      <ul className="split-legend">
        {splits.map(({ split, count }) => (
          <li key={split}>
            <span className={`split-key s${SPLITS.indexOf(split)}`} aria-hidden />
            <span>
              <strong>
                <Term id={TERMS[split]}>{words.parts[split]}</Term>
              </strong>{' '}
              <span className="num">{words.splitOf(count, count / total)}</span>
              <span className="small soft split-about">{words.partsAbout[split]}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
