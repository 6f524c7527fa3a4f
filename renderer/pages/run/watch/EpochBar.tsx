/** The timeline of epochs: scrub, play, jump to the next change. */
import { ChevronsLeft, ChevronsRight, Play, Radio, Square } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { watch } from '../../../texts/watch.ts';
import { Button, IconButton } from '../../../ui/Button.tsx';
import type { EpochEnd } from './epochs.ts';

const FRAME_MS = 350;

export function EpochBar({
  epochs,
  place,
  changes,
  isFollowing,
  onPlace,
  onFollow,
}: {
  readonly epochs: readonly EpochEnd[];
  readonly place: number;
  /** Places of the epochs that changed the genotype. */
  readonly changes: readonly number[];
  readonly isFollowing: boolean;
  readonly onPlace: (place: number) => void;
  readonly onFollow: () => void;
}) {
  const [isPlaying, setPlaying] = useState(false);
  const id = useId();
  const last = epochs.length - 1;
  const latest = useRef({ place, last, onPlace });
  latest.current = { place, last, onPlace };
  useEffect(() => {
    if (!isPlaying) return undefined;
    const timer = setInterval(() => {
      const now = latest.current;
      if (now.place >= now.last) setPlaying(false);
      else now.onPlace(now.place + 1);
    }, FRAME_MS);
    return () => clearInterval(timer);
  }, [isPlaying]);

  const goTo = (to: number): void => {
    setPlaying(false);
    onPlace(to);
  };
  const play = (): void => {
    if (place >= last) onPlace(0);
    setPlaying(true);
  };
  const earlier = changes.findLast((one) => one < place);
  const later = changes.find((one) => one > place);
  const words = watch.epochOf(epochs[place].epoch + 1, epochs[last].epoch + 1);
  return (
    <div className="epoch-bar">
      <Button
        size="small"
        icon={isPlaying ? <Square /> : <Play />}
        unavailable={last === 0 ? '' : undefined}
        onClick={isPlaying ? () => setPlaying(false) : play}
      >
        {isPlaying ? watch.stopPlaying : watch.play}
      </Button>
      <IconButton
        label={watch.earlierChange}
        icon={<ChevronsLeft />}
        size="small"
        unavailable={earlier === undefined ? watch.noChangeThere : undefined}
        onClick={() => earlier !== undefined && goTo(earlier)}
      />
      <IconButton
        label={watch.laterChange}
        icon={<ChevronsRight />}
        size="small"
        unavailable={later === undefined ? watch.noChangeThere : undefined}
        onClick={() => later !== undefined && goTo(later)}
      />
      <div className="epoch-slider">
        <label className="unseen" htmlFor={id}>
          {watch.epoch}
        </label>
        <input
          id={id}
          type="range"
          min={0}
          max={last}
          step={1}
          value={place}
          aria-valuetext={words}
          onChange={({ target }) => goTo(Number(target.value))}
        />
        <ChangeTicks changes={changes} last={last} />
      </div>
      <output className="num epoch-words" htmlFor={id}>
        {words}
      </output>
      <Button
        size="small"
        tone="quiet"
        icon={<Radio />}
        aria-pressed={isFollowing}
        onClick={() => {
          setPlaying(false);
          onFollow();
        }}
      >
        {isFollowing ? watch.following : watch.latest}
      </Button>
    </div>
  );
}

/** Where the genotype changed, below the slider. */
function ChangeTicks({ changes, last }: { readonly changes: readonly number[]; readonly last: number }) {
  return (
    <svg
      className="epoch-ticks"
      viewBox={`0 0 ${Math.max(1, last)} 1`}
      preserveAspectRatio="none"
      aria-hidden
    >
      {changes.map((place) => (
        <line key={place} x1={place} x2={place} y1={0} y2={1} vectorEffect="non-scaling-stroke" />
      ))}
    </svg>
  );
}
