/** A folder or file of one's own: a path with completion, a chooser, and what it can be used as. */
import { useEffect } from 'react';
import { useQuery } from '../../../api/useQuery.ts';
import { useSetting } from '../../../store/draft.ts';
import { fieldAnchor } from '../../../store/guideIssues.ts';
import { guideData as words } from '../../../texts/guideData.ts';
import { Button } from '../../../ui/Button.tsx';
import { Choices } from '../../../ui/controls.tsx';
import { FailureNote, Note, Waiting } from '../../../ui/feedback.tsx';
import { PathField } from '../../../ui/PathField.tsx';
import { chooseDataPath, forgetDataPath, takeSource, useDataPath } from './dataPath.ts';
import type { LookedUp } from './lookUp.ts';
import { ARRAYS, lookUp } from './lookUp.ts';
import { readSource } from './sources.ts';
import { useSettled } from './useSettled.ts';

const TYPED_MS = 350;

export function OwnData() {
  const [source = ''] = useSetting<string>(['data', 'source']);
  const current = readSource(source).path;
  const asked = useDataPath();
  // Once something was taken, and then undone, the path is the draft's again.
  const isAsked = asked.path !== undefined && (asked.taken === undefined || asked.taken === source);
  const path = (isAsked ? asked.path : current) ?? '';
  const settled = useSettled(path.trim(), TYPED_MS);
  const found = useQuery<LookedUp>(settled === '' ? undefined : settled, (options) =>
    lookUp(settled, options),
  );

  // Left for another page or set, it begins with the draft's folder again.
  useEffect(() => forgetDataPath, []);
  // What was found for the path before is no answer.
  const here = found.kind === 'ready' && found.value.at === settled ? found.value : undefined;
  const first = here?.kind === 'found' ? here.sources.at(0)?.source : undefined;
  const isOpen = asked.path !== undefined && asked.taken === undefined && path.trim() === settled;
  useEffect(() => {
    if (isOpen && first !== undefined) takeSource(first);
  }, [first, isOpen]);

  return (
    <div className="stack">
      <PathField
        label={words.path.label}
        hint={words.path.hint}
        id={fieldAnchor(['data', 'source'])}
        value={path}
        placeholder={words.path.placeholder}
        folders={found.kind === 'ready' ? found.value.folders : []}
        files={ARRAYS}
        choose={words.path.choose}
        native={words.path.chooseTitle}
        isForData
        onChange={chooseDataPath}
      />
      {settled !== '' && <Result found={found} path={settled} source={source} />}
    </div>
  );
}

function Result({
  found,
  path,
  source,
}: {
  readonly found: ReturnType<typeof useQuery<LookedUp>>;
  readonly path: string;
  readonly source: string;
}) {
  if (found.kind === 'loading') return <Waiting label={words.path.lookingUp} />;
  if (found.kind === 'failed') return <FailureNote failure={found.failure} onRetry={found.retry} />;
  const { value } = found;
  if (value.kind === 'missing') return <Missing failure={value} />;
  if (value.sources.length === 0) {
    const asFolder = `folder:${path}`;
    // Taken all the same: whether it can be read is told below.
    if (source === asFolder) return undefined;
    return (
      <Note tone="warn" title={words.path.nothing}>
        <div className="stack tight">
          <span>{words.path.nothingHint}</span>
          <span>
            <Button size="small" onClick={() => takeSource(asFolder)}>
              {words.path.useAnyway}
            </Button>
          </span>
        </div>
      </Note>
    );
  }
  return (
    <div className="stack tight">
      <h3>{words.path.useAs}</h3>
      <Choices
        label={words.path.useAs}
        value={source}
        options={value.sources.map((one) => ({
          value: one.source,
          label: one.title,
          about: words.path.because(one.why),
        }))}
        onChange={takeSource}
      />
    </div>
  );
}

function Missing({ failure: { failure, folders } }: { readonly failure: LookedUp & { kind: 'missing' } }) {
  return (
    <Note tone="bad" title={failure.message}>
      <div className="stack tight">
        <span>{failure.hint}</span>
        {folders.length > 0 && (
          <div className="buttons">
            <span>{words.path.near}</span>
            {folders.slice(0, 6).map((folder) => (
              <Button key={folder} size="small" onClick={() => chooseDataPath(folder)}>
                {folder}
              </Button>
            ))}
          </div>
        )}
      </div>
    </Note>
  );
}
