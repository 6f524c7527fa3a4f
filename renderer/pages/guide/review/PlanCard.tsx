/** Which phases run, and which files the export writes. */
import { issuesBelow, useDraft, useSetting } from '../../../store/draft.ts';
import { useCatalog } from '../../../store/catalog.ts';
import { fieldAnchor } from '../../../store/guideIssues.ts';
import { common } from '../../../texts/common.ts';
import { guideReview as words } from '../../../texts/guideReview.ts';
import { Button } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Note } from '../../../ui/feedback.tsx';
import { schemaAt } from '../../../ui/schemaFields.ts';
import { formatsOf, withFormat } from './formats.ts';
import { PHASES, phaseBrings, phaseLocked, runnablePhases, withPhase } from './plan.ts';

export function PlanCard() {
  const chosen = useDraft((state) => state.phases);
  const choose = useDraft((state) => state.choosePhases);
  const [genotype, setGenotype] = useSetting<unknown>(['genotype']);
  const isGiven = genotype !== undefined;
  const phases = runnablePhases(chosen, isGiven);
  return (
    <Card title={words.plan} about={words.planAbout}>
      <div className="stack">
        <ol className="phase-list">
          {PHASES.map((phase) => {
            const locked = phaseLocked(phase, isGiven);
            return (
              <li key={phase}>
                <label className="switch">
                  <input
                    type="checkbox"
                    role="switch"
                    checked={phases.includes(phase)}
                    aria-disabled={locked !== undefined || undefined}
                    aria-describedby={`phase-${phase}`}
                    onChange={({ target }) => {
                      if (locked !== undefined) return;
                      choose((newest) => withPhase(runnablePhases(newest, isGiven), phase, target.checked));
                    }}
                  />
                  <span>{common.phases[phase]}</span>
                </label>
                <span className="small soft phase-about" id={`phase-${phase}`}>
                  {words.phases[phase]} {locked ?? phaseBrings(phase, phases)}
                </span>
              </li>
            );
          })}
        </ol>
        {isGiven && (
          <Note tone="info" title={words.hasGenotype}>
            <Button size="small" onClick={() => setGenotype(undefined)}>
              {words.dropGenotype}
            </Button>
          </Note>
        )}
        {phases.includes('export') && <Formats />}
      </div>
    </Card>
  );
}

const EXPORTS = ['exports'];

function Formats() {
  const exporters = useCatalog((state) => state.catalog?.exporters) ?? [];
  const preset = useCatalog((state) => schemaAt(state.catalog?.runConfig, ...EXPORTS)?.default);
  const [chosen] = useSetting<unknown>(EXPORTS);
  const update = useDraft((state) => state.update);
  const problems = useDraft(({ checked }) => issuesBelow(checked, EXPORTS).length > 0);
  const names = formatsOf(chosen, preset);
  const all = exporters.map(({ id }) => id);
  const change = (id: string, isOn: boolean): void =>
    update(EXPORTS, (newest) => withFormat(formatsOf(newest, preset), id, isOn, all));
  return (
    <fieldset className="stack tight" id={fieldAnchor(EXPORTS)} aria-invalid={problems || undefined}>
      <legend className="legend">{words.formats}</legend>
      <div className="format-list">
        {exporters.map(({ id, title }) => (
          <label key={id} className="switch">
            <input
              type="checkbox"
              role="switch"
              checked={names.includes(id)}
              onChange={({ target }) => change(id, target.checked)}
            />
            <span>{title}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
