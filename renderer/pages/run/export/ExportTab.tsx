/** The network for other programs: formats, verdicts of their own runtimes, the model card. */
import { Copy, FolderOpen, PackageOpen } from 'lucide-react';
import { useState } from 'react';
import type { RunId } from '../../../../core/protocol/values.ts';
import { count, interval } from '../../../../core/report/format.ts';
import type { ExportVerdict } from '../../../../core/runs/events.ts';
import { host } from '../../../api/services.ts';
import { useCatalog } from '../../../store/catalog.ts';
import { useConnection } from '../../../store/connection.ts';
import { copyText } from '../../../store/copyText.ts';
import type { LiveRun } from '../../../store/liveRuns.ts';
import { showFailure } from '../../../store/toasts.ts';
import { exporting as texts } from '../../../texts/exporting.ts';
import { Button } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Badge, Empty, Note, Waiting } from '../../../ui/feedback.tsx';
import { useExtension } from '../frame/useExtension.ts';
import { ModelCardPreview } from './ModelCardPreview.tsx';
import { currentExports, hasStaleExports } from './exports.ts';
import './export.css';

export function ExportTab({ runId, run }: { readonly runId: RunId; readonly run: LiveRun }) {
  const exports = currentExports(run.events);
  return (
    <>
      {hasStaleExports(run.events) && <Note tone="warn" title={texts.stale} />}
      <Card title={texts.files} about={texts.filesAbout}>
        {exports.length === 0 ? (
          <Empty icon={<PackageOpen aria-hidden />} title={texts.nothing}>
            {texts.nothingAbout}
          </Empty>
        ) : (
          <ul className="exports">
            {exports.map((verdict) => (
              <Exported key={verdict.path} runId={runId} folder={run.folder} verdict={verdict} />
            ))}
          </ul>
        )}
      </Card>
      {exports.length > 0 && <ModelCardPreview runId={runId} at={run.view.lastAt} />}
      <StartExport runId={runId} run={run} />
    </>
  );
}

function Exported({
  runId,
  folder,
  verdict: { format, path, verified, verdict, maxAbsLogitDifference, accuracy: measured },
}: {
  readonly runId: RunId;
  readonly folder: string;
  readonly verdict: ExportVerdict;
}) {
  const catalog = useCatalog((state) => state.catalog);
  const isDesktop = useConnection((state) => state.hello?.kind === 'desktop');
  const entry = catalog?.exporters.find(({ id }) => id === format);
  // Not checked is not the same as checked and found wrong.
  const isWrong = !verified && maxAbsLogitDifference !== undefined;
  const full = `${folder}/${path}`;
  return (
    <li className="export">
      <div className="export-head">
        <h3>{entry?.title ?? format}</h3>
        <Badge tone={verified ? 'good' : isWrong ? 'bad' : 'warn'}>
          {verified ? texts.verified : isWrong ? texts.wrong : texts.unchecked}
        </Badge>
      </div>
      <p className="small">{verdict.replace(/^verified: /, '')}</p>
      {measured !== undefined && (
        <p className="soft small num">{texts.interval(interval(measured), count(measured.n))}</p>
      )}
      <code className="export-path">{full}</code>
      <div className="buttons">
        {isDesktop && (
          <Button
            size="small"
            icon={<FolderOpen />}
            onClick={() => void host.call('reveal', { runId, path }).catch(showFailure)}
          >
            {texts.show}
          </Button>
        )}
        <Button size="small" icon={<Copy />} onClick={() => void copyText(full)}>
          {texts.copy}
        </Button>
      </div>
    </li>
  );
}

function StartExport({ runId, run }: { readonly runId: RunId; readonly run: LiveRun }) {
  const catalog = useCatalog((state) => state.catalog);
  const { config, obstacle: notNow, start } = useExtension(runId, run);
  const [formats, setFormats] = useState<readonly string[]>(config.exports);
  if (catalog === undefined) return <Waiting label={texts.loading} />;
  const obstacle = notNow ?? (formats.length === 0 ? texts.why.noFormat : undefined);
  return (
    <Card title={texts.start} about={texts.startAbout}>
      <div className="stack">
        <fieldset className="export-formats">
          <legend className="unseen">{texts.formats}</legend>
          {catalog.exporters.map(({ id, title, description }) => (
            <label key={id} className="choice">
              <input
                type="checkbox"
                checked={formats.includes(id)}
                onChange={({ target }) =>
                  setFormats(
                    catalog.exporters
                      .map((entry) => entry.id)
                      .filter((other) => (other === id ? target.checked : formats.includes(other))),
                  )
                }
              />
              <span className="choice-title">{title}</span>
              {description !== undefined && <span className="choice-about">{description}</span>}
            </label>
          ))}
        </fieldset>
        <div className="buttons">
          <Button
            tone="primary"
            icon={<PackageOpen />}
            unavailable={obstacle}
            onClick={() => void start({ exports: formats }, ['export'], texts.started)}
          >
            {texts.write}
          </Button>
          {obstacle !== undefined && <span className="soft">{obstacle}</span>}
        </div>
      </div>
    </Card>
  );
}
