/** The classes: examples of each, and how many images there are. */
import { useMemo, useState } from 'react';
import { count } from '../../../../core/report/format.ts';
import type { DataLook } from '../../../../core/protocol/libraryApi.ts';
import { Thumbnails } from '../../../charts/Thumbnails.tsx';
import { guideData as words } from '../../../texts/guideData.ts';
import { Button } from '../../../ui/Button.tsx';

/** More are drawn only on demand: every example is a canvas. */
const FIRST = 12;

export function ClassTable({ look }: { readonly look: DataLook }) {
  const [isAll, setAll] = useState(false);
  const { classes, parts, thumbnails } = look;
  const byClass = useMemo(
    () => classes.map((_, label) => thumbnails.labels.flatMap((one, i) => (one === label ? [i] : []))),
    [classes, thumbnails],
  );
  const train = parts.find(({ part }) => part === 'train')?.perClass ?? [];
  const test = parts.find(({ part }) => part === 'test')?.perClass;
  const most = Math.max(1, ...train);
  const shown = isAll ? classes : classes.slice(0, FIRST);
  return (
    <div className="stack tight">
      <div className="table-scroll" tabIndex={0} role="group" aria-label={words.classTable}>
        <table className="table class-table">
          <caption className="unseen">{words.classTable}</caption>
          <thead>
            <tr>
              <th scope="col">{words.className}</th>
              <th scope="col">{words.examples}</th>
              <th scope="col">{words.trainImages}</th>
              {test !== undefined && (
                <th scope="col" className="right">
                  {words.testImages}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {shown.map((name, label) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>
                  <Thumbnails
                    images={thumbnails.images}
                    indices={byClass[label]}
                    size={30}
                    label={words.examplesOf(byClass[label].length, name)}
                  />
                </td>
                <td>
                  <div className="class-count">
                    <span className="class-bar" aria-hidden>
                      <span style={{ width: `${(100 * (train[label] ?? 0)) / most}%` }} />
                    </span>
                    <span className="num">{count(train[label] ?? 0)}</span>
                  </div>
                </td>
                {test !== undefined && <td className="right">{count(test[label] ?? 0)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {classes.length > FIRST && (
        <div>
          <Button size="small" onClick={() => setAll(!isAll)}>
            {isAll ? words.fewerClasses : words.allClasses(classes.length)}
          </Button>
        </div>
      )}
    </div>
  );
}
