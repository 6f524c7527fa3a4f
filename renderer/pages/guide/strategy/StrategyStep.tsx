/** The step of the guide that chooses the search strategy and its settings, and how long the network is trained. */
import { useDataLook } from '../../../store/dataLook.ts';
import { useDraft, useSetting } from '../../../store/draft.ts';
import { fieldAnchor, issueAt, issuesBelow } from '../../../store/guideIssues.ts';
import { links } from '../../../shell/links.ts';
import { strategy as words } from '../../../texts/strategy.ts';
import { LinkButton } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Choices } from '../../../ui/controls.tsx';
import { Note } from '../../../ui/feedback.tsx';
import { SchemaForm } from '../../../ui/SchemaForm.tsx';
import { schemaAt } from '../../../ui/schemaFields.ts';
import { ConfigField } from './ConfigField.tsx';
import { RetrainingCard } from './RetrainingCard.tsx';
import { idleSettings, inForce, simpleSettings, trainsSupernet } from './settingsView.ts';
import type { EntryChoice } from './useEntry.ts';
import { STRATEGY_PATH, useStrategy } from './useEntry.ts';
import './strategy.css';

/** Settings of strategies that other steps of the guide ask for. */
const ELSEWHERE: readonly string[] = [
  'objectives',
  'balancer',
  'gradientNormalisation',
  'adversary',
  'epsilon',
  'stepSize',
  'freeReplays',
  'cleanWeight',
];

export function StrategyStep() {
  return (
    <div className="stack guide-strategy">
      <SearchCard />
      <RetrainingCard />
    </div>
  );
}

function SearchCard() {
  const chosen = useStrategy();
  const checked = useDraft((state) => state.checked);
  const { id, entry, entries, config, configPath, choose, change } = chosen;
  const issues = issuesBelow(checked, STRATEGY_PATH);
  const unknown = issueAt(checked, [...STRATEGY_PATH, 'id']);
  const isPartElsewhere =
    entry !== undefined && ELSEWHERE.some((name) => schemaAt(entry.settings, name) !== undefined);
  return (
    <Card title={words.search} about={words.searchAbout}>
      <div className="stack" id={fieldAnchor(STRATEGY_PATH)}>
        {unknown !== undefined && (
          <Note tone="bad" title={unknown.message}>
            {unknown.hint}
          </Note>
        )}
        <Choices
          label={words.choose}
          value={id}
          options={entries.map(({ id: value, title, description, source }) => ({
            value,
            label: title,
            about: (
              <>
                {description}
                {source !== undefined && <span className="choice-source">{words.source(source)}</span>}
              </>
            ),
          }))}
          onChange={choose}
        />
        {entry !== undefined && (
          <div className="strategy-columns">
            <section className="stack" aria-label={words.settings(entry.title)}>
              <h3>{words.settings(entry.title)}</h3>
              <SchemaForm
                schema={entry.settings}
                settings={config}
                onChange={change}
                path={configPath}
                issues={issues}
                simple={simpleSettings('strategy', id, entry.settings)}
                except={[...ELSEWHERE, ...idleSettings(entry.settings, config)]}
                hints={{ order: words.orderHint }}
              />
              {isPartElsewhere && (
                <div className="strategy-elsewhere">
                  <span>{words.elsewhere}</span>
                  <span className="buttons">
                    <LinkButton to={links.guide('budget')} size="small">
                      {words.toBudget}
                    </LinkButton>
                    <LinkButton to={links.guide('threat')} size="small">
                      {words.toThreat}
                    </LinkButton>
                  </span>
                </div>
              )}
            </section>
            <SearchLength chosen={chosen} />
          </div>
        )}
      </div>
    </Card>
  );
}

function SearchLength({ chosen: { entry, config } }: { readonly chosen: EntryChoice }) {
  const steps = useSearchSteps();
  if (entry === undefined) return undefined;
  const replays = inForce(entry.settings, config, 'freeReplays');
  const isFree = inForce(entry.settings, config, 'adversary') === 'free';
  return (
    <section className="stack" aria-label={words.length}>
      <h3>{words.length}</h3>
      {trainsSupernet(entry) ? (
        <>
          <div className="schema-fields">
            <ConfigField path={['search', 'epochs']} hint={words.epochsHint} />
            <ConfigField path={['search', 'batchSize']} hint={words.batchHint} />
          </div>
          {steps !== undefined && (
            <p className="small soft num">
              {words.stepsKnown(steps.perEpoch, drawn(steps.epochs, isFree, replays))}
              {isFree && typeof replays === 'number' && (
                <> {words.replays(drawn(steps.epochs, isFree, replays), replays)}</>
              )}
            </p>
          )}
        </>
      ) : (
        <p className="soft">{words.noEpochs}</p>
      )}
    </section>
  );
}

/** Free adversarial training passes over each batch several times, and draws that many fewer. */
function drawn(epochs: number, isFree: boolean, replays: unknown): number {
  return isFree && typeof replays === 'number' && replays >= 1
    ? Math.max(1, Math.round(epochs / replays))
    : epochs;
}

/** Known once somebody has looked at the data. */
function useSearchSteps(): { readonly perEpoch: number; readonly epochs: number } | undefined {
  const look = useDataLook();
  const complete = useDraft((state) => state.complete);
  const [epochs] = useSetting<unknown>(['search', 'epochs']);
  const [batchSize] = useSetting<unknown>(['search', 'batchSize']);
  if (look.kind !== 'ready' || complete === undefined) return undefined;
  const images = look.value.parts.find(({ part }) => part === 'weights')?.count;
  const batch = batchSize ?? complete.search.batchSize;
  const passes = epochs ?? complete.search.epochs;
  if (images === undefined || !isCount(batch) || !isCount(passes) || batch > images) return undefined;
  return { perEpoch: Math.floor(images / batch), epochs: passes };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0;
}
