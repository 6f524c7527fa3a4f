/** What is drawn above the slider: how large random cells are, and where the published ones lie. */
import type { KeyboardEvent } from 'react';
import { useMemo, useState } from 'react';
import type { SearchSpace, Skeleton } from '../../../../core/searchSpace/space.ts';
import { budget as words } from '../../../texts/budget.ts';
import type { RangeScale } from '../../../ui/rangeScale.ts';
import { placeOf } from '../../../ui/rangeScale.ts';
import { Tip } from '../../../ui/Tip.tsx';
import { histogramOf } from './histogram.ts';
import type { Bounds } from './reach.ts';
import type { Quantity, SizeSample } from './sizes.ts';
import { publishedSizes } from './sizes.ts';

const BINS = 60;
const HEIGHT = 72;

interface Props {
  readonly space: SearchSpace;
  readonly network: Skeleton;
  readonly quantity: Quantity;
  readonly scale: RangeScale;
  readonly bounds: Bounds;
  readonly samples: readonly SizeSample[];
  readonly show: (value: number) => string;
}

export function AxisDrawing({ space, network, quantity, scale, bounds, samples, show }: Props) {
  const bars = useMemo(
    () =>
      histogramOf(
        samples.map((sample) => sample[quantity]),
        scale,
        BINS,
      ),
    [samples, quantity, scale],
  );
  const low = bounds.low === undefined ? 0 : placeOf(scale, bounds.low);
  const high = bounds.high === undefined ? 1 : placeOf(scale, bounds.high);
  return (
    <div className="axis-drawing">
      <svg viewBox={`0 0 ${BINS} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden>
        {bars.map((share, i) => {
          const place = (i + 0.5) / BINS;
          const isInside = place >= low && place <= high;
          return (
            <rect
              key={i}
              className={isInside ? 'axis-bar inside' : 'axis-bar'}
              x={i + 0.08}
              width={0.84}
              y={HEIGHT * (1 - share)}
              height={HEIGHT * share}
            />
          );
        })}
      </svg>
      <Marks space={space} network={network} quantity={quantity} scale={scale} show={show} />
    </div>
  );
}

/** One stop of the Tab key; arrows go from mark to mark. */
function Marks({ space, network, quantity, scale, show }: Omit<Props, 'bounds' | 'samples'>) {
  const published = useMemo(() => publishedSizes(space, network, quantity), [space, network, quantity]);
  const [current, setCurrent] = useState(0);
  if (published.length === 0) return undefined;
  const move = (event: KeyboardEvent<HTMLUListElement>): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const next = Math.min(published.length - 1, Math.max(0, current + by));
    setCurrent(next);
    event.currentTarget.querySelectorAll<HTMLElement>('.axis-mark')[next]?.focus();
  };
  return (
    <ul className="axis-marks" aria-label={words.marks} onKeyDown={move}>
      {published.map(({ id, title, [quantity]: size }, i) => {
        const label = words.markAt(title, show(size));
        return (
          <li key={id} style={{ left: `${100 * placeOf(scale, size)}%` }}>
            <Tip text={label}>
              <span
                role="img"
                className="axis-mark"
                aria-label={label}
                tabIndex={i === Math.min(current, published.length - 1) ? 0 : -1}
                onFocus={() => setCurrent(i)}
              />
            </Tip>
          </li>
        );
      })}
    </ul>
  );
}
