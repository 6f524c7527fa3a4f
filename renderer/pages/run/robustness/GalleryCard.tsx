/** Adversarial examples: the image, what was added to it, and what the network says before and after. */
import { conditions, count, percent, radius } from '../../../../core/report/format.ts';
import { Gallery } from '../../../../core/protocol/gallery.ts';
import type { GalleryExample } from '../../../../core/protocol/gallery.ts';
import type { RunId } from '../../../../core/protocol/values.ts';
import type { RunView } from '../../../../core/runs/runView.ts';
import { CellsmithError } from '../../../../core/base/errors.ts';
import { library } from '../../../api/services.ts';
import { useQuery } from '../../../api/useQuery.ts';
import { PixelImage } from '../../../charts/Thumbnails.tsx';
import { robustness as texts } from '../../../texts/robustness.ts';
import { Card } from '../../../ui/Card.tsx';
import { FailureNote, Waiting } from '../../../ui/feedback.tsx';

type Kept = RunView['galleries'][number];

export function GalleryCard({
  runId,
  gallery: { label, path, at },
}: {
  readonly runId: RunId;
  readonly gallery: Kept;
}) {
  const query = useQuery(`${runId} ${path} ${at}`, async (options) => {
    const { text } = await library.call('readRunFile', { runId, path }, options);
    return readGallery(text, path);
  });
  const network = label === 'found' || label === 'random' ? texts.networks[label] : label;
  return (
    <Card
      title={texts.gallery(network)}
      about={
        query.kind === 'ready'
          ? texts.galleryAbout(
              conditions(query.value.attack),
              count(query.value.examples.length),
              count(query.value.attack.n),
            )
          : undefined
      }
    >
      {query.kind === 'loading' && <Waiting label={texts.galleryLoading} />}
      {query.kind === 'failed' && <FailureNote failure={query.failure} onRetry={query.retry} />}
      {query.kind === 'ready' && (
        <ul className="gallery">
          {query.value.examples.map((example, i) => (
            <Example key={example.index} gallery={query.value} example={example} index={i} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Example({
  gallery: { classes, clean, perturbed, difference, attack },
  example,
  index,
}: {
  readonly gallery: Gallery;
  readonly example: GalleryExample;
  readonly index: number;
}) {
  const { label, before, after, confidenceBefore, confidenceAfter, size } = example;
  const isBroken = after !== label;
  return (
    <li className={`gallery-example ${isBroken ? 'broken' : 'held'}`}>
      <div className="gallery-images">
        <PixelImage images={clean} index={index} size={72} alt={texts.imageOf(classes[label])} />
        <PixelImage images={difference} index={index} size={72} alt={texts.differenceOf} />
        <PixelImage images={perturbed} index={index} size={72} alt={texts.attackedOf(classes[label])} />
      </div>
      <dl className="gallery-words">
        <div>
          <dt>{texts.before}</dt>
          <dd>{texts.says(classes[before], percent(confidenceBefore, 0))}</dd>
        </div>
        <div>
          <dt>{texts.after}</dt>
          <dd className={isBroken ? 'gallery-wrong' : ''}>
            {texts.says(classes[after], percent(confidenceAfter, 0))}
          </dd>
        </div>
      </dl>
      <span className="soft small">
        {isBroken ? texts.broken(radius(size, attack.norm)) : texts.held(radius(size, attack.norm))}
      </span>
    </li>
  );
}

function readGallery(text: string | undefined, path: string): Gallery {
  if (text === undefined)
    throw new CellsmithError('not-found', texts.galleryMissing(path), texts.galleryMissingHint);
  const parsed = Gallery.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new CellsmithError('gallery-damaged', texts.galleryDamaged(path), texts.galleryMissingHint);
}
