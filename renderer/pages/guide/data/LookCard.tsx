/** What is in the data: figures, warnings, splits, classes with examples; or how far reading has come, or why it failed. */
import { Images as ImagesIcon } from 'lucide-react';
import type { DataLook } from '../../../../core/protocol/libraryApi.ts';
import type { DataLookQuery } from '../../../store/dataLook.ts';
import { issueAt, useDraft, useSetting } from '../../../store/draft.ts';
import { guideData as words } from '../../../texts/guideData.ts';
import { withIsolatedNames } from '../../../texts/isolated.ts';
import { Button } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Empty, Facts, FailureNote, Note, Waiting } from '../../../ui/feedback.tsx';
import { ClassTable } from './ClassTable.tsx';
import { SplitBar } from './SplitBar.tsx';

export function LookCard({ look, isValid }: { readonly look: DataLookQuery; readonly isValid: boolean }) {
  return (
    <Card title={words.look}>
      <Content look={look} isValid={isValid} />
    </Card>
  );
}

function Content({ look, isValid }: { readonly look: DataLookQuery; readonly isValid: boolean }) {
  if (!isValid) return <Waits />;
  switch (look.kind) {
    case 'loading':
      return (
        <div className="stack tight">
          <Waiting label={words.looking} progress={look.progress} onCancel={look.cancel} />
          <span className="small soft">{words.lookingAbout}</span>
        </div>
      );
    case 'failed':
      return <Failed look={look} />;
    case 'ready':
      return <Seen look={look.value} />;
  }
}

/** Without a data set, or with settings that have to be mended, nothing is read. */
function Waits() {
  const isSource = useDraft(({ checked }) => issueAt(checked, ['data', 'source']) !== undefined);
  return <Empty icon={<ImagesIcon />} title={isSource ? words.lookWaits : words.lookMend} />;
}

function Failed({ look }: { readonly look: DataLookQuery & { readonly kind: 'failed' } }) {
  const [, setSkip] = useSetting<boolean>(['data', 'skipUnreadable']);
  const skips = useDraft(({ complete }) => complete?.data.skipUnreadable ?? false);
  if (look.failure.code === 'cancelled') {
    return (
      <Note tone="info" title={words.lookStopped}>
        <div className="stack tight">
          <span>{words.lookStoppedHint}</span>
          <span>
            <Button size="small" onClick={look.retry}>
              {words.lookAgain}
            </Button>
          </span>
        </div>
      </Note>
    );
  }
  return (
    <div className="stack tight">
      <FailureNote failure={look.failure} onRetry={look.retry} />
      {look.failure.code === 'unreadable-images' && !skips && (
        <div>
          <Button onClick={() => setSkip(true)}>{words.skip}</Button>
        </div>
      )}
    </div>
  );
}

function Seen({ look }: { readonly look: DataLook }) {
  const { warnings, unreadable, parts } = look;
  const countOf = (part: string): number | undefined => parts.find((one) => one.part === part)?.count;
  const { facts } = words;
  const { withinTrain, withinTest, testInTrain } = look.duplicates;
  return (
    <div className="stack look">
      <Facts
        items={[
          [facts.images, facts.trainAndTest(countOf('train') ?? 0, countOf('test'))],
          [facts.classes, look.classes.length],
          [facts.size, facts.sizeOf(...look.shape)],
          [facts.balance, facts.balanceOf(look.imbalance)],
          [facts.range, facts.rangeOf(...look.range)],
          [
            facts.repeats,
            withinTrain + withinTest === 0 ? facts.noRepeats : facts.repeatsOf(withinTrain, withinTest),
          ],
          ...(testInTrain === 0 ? [] : [[facts.leak, testInTrain] as const]),
        ]}
      />
      {warnings.length > 0 ? (
        <Note tone="warn">
          <ul className="plain-list">
            {warnings.map((warning) => (
              <li key={warning}>{withIsolatedNames(warning)}</li>
            ))}
          </ul>
        </Note>
      ) : (
        <Note tone="good">{words.fine}</Note>
      )}
      {unreadable.length > 0 && <Unreadable files={unreadable} />}
      <SplitBar parts={parts} />
      <ClassTable look={look} />
    </div>
  );
}

const SHOWN_FILES = 100;

function Unreadable({ files }: { readonly files: readonly string[] }) {
  return (
    <details>
      <summary>{words.unreadable(files.length)}</summary>
      <ul className="file-list">
        {files.slice(0, SHOWN_FILES).map((file) => (
          <li key={file}>
            <code>{file}</code>
          </li>
        ))}
        {files.length > SHOWN_FILES && <li>{words.more(files.length - SHOWN_FILES)}</li>}
      </ul>
    </details>
  );
}
