/** A published data set: on this machine already, being downloaded, or to be downloaded. */
import { Download as DownloadIcon, ExternalLink } from 'lucide-react';
import type { CatalogDataset } from '../../../../core/protocol/catalog.ts';
import { host } from '../../../api/services.ts';
import type { Query } from '../../../api/useQuery.ts';
import { useSetting } from '../../../store/draft.ts';
import { useDraft } from '../../../store/draft.ts';
import type { Download } from '../../../store/downloads.ts';
import { startDownload, stopDownload, useDownloads } from '../../../store/downloads.ts';
import { fieldAnchor } from '../../../store/guideIssues.ts';
import { perSecond, secondsLeft } from '../../../store/pace.ts';
import { showFailure } from '../../../store/toasts.ts';
import { common } from '../../../texts/common.ts';
import { guideData } from '../../../texts/guideData.ts';
import { Button } from '../../../ui/Button.tsx';
import { FailureNote, Note, ProgressBar, Waiting } from '../../../ui/feedback.tsx';
import { takeSource } from './dataPath.ts';
import { foundSource, NO_FOLDER, readSource } from './sources.ts';
import type { FoundSets } from './useFoundSets.ts';

const words = guideData.download;

export function PublishedSet({
  dataset,
  sets,
}: {
  readonly dataset: CatalogDataset;
  readonly sets: Query<FoundSets>;
}) {
  const [source = ''] = useSetting<string>(['data', 'source']);
  const download = useDownloads((state) => state[dataset.id]);
  const { path } = readSource(source);
  if (path !== undefined) return <Note tone="good" title={words.foundAt(path)} />;
  if (download?.kind === 'running') return <Running dataset={dataset} download={download} />;
  if (sets.kind === 'loading') return <Waiting label={words.looking} />;
  const found = sets.kind === 'ready' ? foundSource(dataset.id, sets.value.listings) : undefined;
  if (found !== undefined) {
    return (
      <Note tone="good" title={words.foundAt(readSource(found).path ?? found)}>
        <Button size="small" id={fieldAnchor(['data', 'source'])} onClick={() => takeSource(found)}>
          {words.use}
        </Button>
      </Note>
    );
  }
  return (
    <Offer
      dataset={dataset}
      download={download}
      folder={sets.kind === 'ready' ? sets.value.folder : guideData.own}
    />
  );
}

function Offer({
  dataset: { id, title, download: published },
  download,
  folder,
}: {
  readonly dataset: CatalogDataset;
  readonly download: Download | undefined;
  readonly folder: string;
}) {
  if (published === undefined) return undefined;
  const failure = download?.kind === 'failed' ? download.failure : undefined;
  const wasStopped = failure?.code === 'cancelled';
  return (
    <div className="stack">
      <div className="stack tight">
        <h3>{words.title(title)}</h3>
        <p className="soft">{words.about(published.bytes, folder)}</p>
      </div>
      {failure !== undefined && !wasStopped && <FailureNote failure={failure} />}
      {wasStopped && <Note tone="info" title={words.stopped} />}
      <div className="buttons">
        <Button
          tone="primary"
          id={fieldAnchor(['data', 'source'])}
          icon={<DownloadIcon />}
          onClick={() => void startDownload(id, (source) => takeIfWanted(id, source))}
        >
          {failure === undefined ? words.start : words.resume}
        </Button>
        <Button onClick={() => takeSource(NO_FOLDER)}>{words.elsewhere}</Button>
        <Button
          tone="quiet"
          icon={<ExternalLink />}
          onClick={() => void host.call('openExternal', { url: published.homepage }).catch(showFailure)}
        >
          {words.homepage}
        </Button>
      </div>
    </div>
  );
}

/** Whoever has chosen something else meanwhile keeps that. */
function takeIfWanted(id: string, source: string): void {
  const { data } = useDraft.getState().config;
  const isWanted = typeof data === 'object' && data !== null && 'source' in data && data.source === id;
  if (isWanted) takeSource(source);
}

function Running({
  dataset: { id, title },
  download: { samples, total },
}: {
  readonly dataset: CatalogDataset;
  readonly download: Download & { readonly kind: 'running' };
}) {
  const done = samples.at(-1)?.done ?? 0;
  const pace = perSecond(samples);
  const isWhole = total > 0 && done >= total;
  return (
    <div className="stack">
      <ProgressBar
        label={isWhole ? words.unpacking : words.under(title)}
        share={total === 0 || isWhole ? undefined : done / total}
        detail={words.amount(done, total)}
      />
      <div className="buttons">
        <Button size="small" onClick={() => stopDownload(id)}>
          {common.cancel}
        </Button>
        {pace !== undefined && !isWhole && (
          <span className="small soft num">{words.speed(pace, secondsLeft(samples, total))}</span>
        )}
      </div>
    </div>
  );
}
