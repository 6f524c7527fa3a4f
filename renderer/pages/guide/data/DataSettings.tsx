/** Size of the images, how many of them, shares of the splits and augmentation. */
import type { ConfigIssue, DataLook } from '../../../../core/protocol/libraryApi.ts';
import { useCatalog } from '../../../store/catalog.ts';
import { issuesBelow, useDraft } from '../../../store/draft.ts';
import { isTree } from '../../../store/tree.ts';
import { guideData as words } from '../../../texts/guideData.ts';
import { Card } from '../../../ui/Card.tsx';
import { schemaAt } from '../../../ui/schemaFields.ts';
import { SchemaForm } from '../../../ui/SchemaForm.tsx';
import { LimitField } from './LimitField.tsx';
import { useTrainingCount } from './useTrainingCount.ts';

const DATA = ['data'];

/** @param failed what the last reading says of these settings */
export function DataSettings({
  look,
  failed,
}: {
  readonly look: DataLook | undefined;
  readonly failed: readonly ConfigIssue[];
}) {
  const schema = useCatalog(({ catalog }) => schemaAt(catalog?.runConfig, 'data'));
  const settings = useDraft(({ config }) => config.data);
  const set = useDraft((state) => state.set);
  const checked = useDraft((state) => state.checked);
  const total = useTrainingCount(look);
  if (schema === undefined) return undefined;
  const issues = [...issuesBelow(checked, DATA), ...failed];
  return (
    <Card title={words.settings} about={words.settingsAbout}>
      <div className="stack">
        <LimitField total={total} fewest={2 * (look?.classes.length ?? 10)} issues={issues} />
        <SchemaForm
          schema={schema}
          settings={isTree(settings) ? settings : {}}
          path={DATA}
          issues={issues}
          onChange={(name, value) => set(['data', name], value)}
          except={['source', 'limit']}
          simple={['imageSize', 'testLimit', 'flip']}
          hints={words.hints}
        />
      </div>
    </Card>
  );
}
