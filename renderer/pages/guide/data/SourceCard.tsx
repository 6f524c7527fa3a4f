/** Where the images come from: the built-in set, a published one, or a folder of one's own. */
import { useEffect, useMemo } from 'react';
import { useCatalog } from '../../../store/catalog.ts';
import { useDownloads } from '../../../store/downloads.ts';
import { useSetting } from '../../../store/draft.ts';
import { fieldAnchor } from '../../../store/guideIssues.ts';
import { usePreferences } from '../../../store/preferences.ts';
import { guideData as words } from '../../../texts/guideData.ts';
import { Card } from '../../../ui/Card.tsx';
import { Choices } from '../../../ui/controls.tsx';
import { Field } from '../../../ui/Field.tsx';
import { NumberInput } from '../../../ui/NumberInput.tsx';
import { useIssueText } from '../useIssueText.ts';
import { takeSource } from './dataPath.ts';
import { OwnData } from './OwnData.tsx';
import { PublishedSet } from './PublishedSet.tsx';
import { BUILT_IN, choiceOf, foundSource, NO_FOLDER, OWN, readSource } from './sources.ts';
import { useFoundSets } from './useFoundSets.ts';

const SOURCE = ['data', 'source'];

export function SourceCard() {
  const [source = BUILT_IN] = useSetting<string>(SOURCE);
  const datasets = useCatalog((state) => state.catalog?.datasets);
  const published = useMemo(
    () => (datasets ?? []).filter(({ download }) => download !== undefined),
    [datasets],
  );
  const done = useDownloads((state) => published.filter(({ id }) => state[id]?.kind === 'done').length);
  const sets = useFoundSets(`${done}`);
  const listings = sets.kind === 'ready' ? sets.value.listings : [];
  const chosen = choiceOf(source, published);
  const dataset = published.find(({ id }) => id === chosen);

  // What is here already is taken without another click.
  const found = dataset === undefined ? undefined : foundSource(dataset.id, listings);
  const isBare = dataset !== undefined && source === dataset.id;
  useEffect(() => {
    if (isBare && found !== undefined) takeSource(found);
  }, [isBare, found]);

  const options = [
    { value: BUILT_IN, label: words.builtIn, about: words.builtInAbout },
    { value: OWN, label: words.own, about: words.ownAbout },
    ...published.map(({ id, title, download }) => ({
      value: id,
      label: title,
      about: [
        Object.hasOwn(words.about, id) ? words.about[id] : '',
        foundSource(id, listings) === undefined ? words.needsDownload(download?.bytes ?? 0) : words.here,
      ].join(' '),
    })),
  ];
  return (
    <Card title={words.source} about={words.sourceAbout}>
      <div className="stack">
        <Choices
          label={words.sourceLabel}
          value={chosen}
          options={options}
          onChange={(choice) => takeSource(choice === OWN ? NO_FOLDER : choice)}
        />
        {chosen === BUILT_IN && <Drawn source={source} />}
        {dataset !== undefined && <PublishedSet dataset={dataset} sets={sets} />}
        {chosen === OWN && <OwnData />}
      </div>
    </Card>
  );
}

/** The built-in set draws other pictures for another number; shown to those who want every setting. */
function Drawn({ source }: { readonly source: string }) {
  const { path } = readSource(source);
  const isExpert = usePreferences((state) => state.expert);
  const problem = useIssueText(SOURCE);
  if (path === undefined && !isExpert) return undefined;
  return (
    <Field label={words.picture} hint={words.pictureHint} id={fieldAnchor(SOURCE)} error={problem}>
      {(control) => (
        <NumberInput
          {...control}
          value={path === undefined ? undefined : Number(path)}
          placeholder={words.pictureDefault}
          onChange={(value) => takeSource(value === undefined ? BUILT_IN : `${BUILT_IN}:${value}`)}
        />
      )}
    </Field>
  );
}
