/** A slider with two thumbs over a drawn axis; a thumb at its end means no bound. Arrows, Page, Home and End move it. */
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { useRef } from 'react';
import type { RangeScale } from './rangeScale.ts';
import { placeOf, ticksOf, valueAtPlace } from './rangeScale.ts';
import './rangeSlider.css';

export type Thumb = 'low' | 'high';

export interface RangeSliderProps {
  readonly scale: RangeScale;
  /** undefined = no bound. */
  readonly low: number | undefined;
  readonly high: number | undefined;
  readonly names: Readonly<Record<Thumb, string>>;
  /** What the thumb's value means, in words; undefined = no bound. */
  readonly words: (thumb: Thumb, value: number | undefined) => string;
  readonly show: (value: number) => string;
  readonly onChange: (thumb: Thumb, value: number | undefined) => void;
  /** Drawn above the track, over its whole width. */
  readonly children?: ReactNode;
}

const SMALL_STEP = 0.01;
const LARGE_STEP = 0.1;

const cut = (place: number): number => Math.min(1, Math.max(0, place));

export function RangeSlider(props: RangeSliderProps) {
  const { scale, low, high, names, words, show, onChange, children } = props;
  const track = useRef<HTMLDivElement>(null);
  const places = {
    low: low === undefined ? 0 : cut(placeOf(scale, low)),
    high: high === undefined ? 1 : cut(placeOf(scale, high)),
  };

  const move = (thumb: Thumb, place: number): void => {
    // Thumbs may meet and not pass.
    const at = thumb === 'low' ? Math.min(cut(place), places.high) : Math.max(cut(place), places.low);
    const isEnd = thumb === 'low' ? at <= 0 : at >= 1;
    onChange(thumb, isEnd ? undefined : valueAtPlace(scale, at));
  };

  const placeAt = (event: PointerEvent): number => {
    const box = track.current?.getBoundingClientRect();
    return box === undefined || box.width === 0 ? 0 : (event.clientX - box.left) / box.width;
  };

  const pressTrack = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    const place = placeAt(event);
    const isNearLow = Math.abs(place - places.low) < Math.abs(place - places.high);
    const thumb: Thumb = place < places.low || (isNearLow && place <= places.high) ? 'low' : 'high';
    move(thumb, place);
    const element = track.current?.querySelector<HTMLElement>(`[data-thumb=${thumb}]`);
    element?.focus();
    element?.setPointerCapture(event.pointerId);
    event.preventDefault();
  };

  const press = (thumb: Thumb) => (event: KeyboardEvent) => {
    const place = keyPlace(event.key, places[thumb]);
    if (place === undefined) return;
    event.preventDefault();
    move(thumb, place);
  };

  return (
    <div className="range-slider">
      {children}
      <div className="range-track" ref={track} onPointerDown={pressTrack}>
        <div
          className="range-filled"
          style={{ left: `${100 * places.low}%`, width: `${100 * Math.max(0, places.high - places.low)}%` }}
        />
        {(['low', 'high'] as const).map((thumb) => {
          const value = thumb === 'low' ? low : high;
          const isOutside = value !== undefined && (value < scale.min || value > scale.max);
          return (
            <div
              key={thumb}
              data-thumb={thumb}
              className={`range-thumb ${thumb} ${value === undefined ? 'free' : ''} ${isOutside ? 'outside' : ''}`}
              style={{ left: `${100 * places[thumb]}%` }}
              role="slider"
              tabIndex={0}
              aria-label={names[thumb]}
              aria-valuemin={scale.min}
              aria-valuemax={scale.max}
              aria-valuenow={value ?? (thumb === 'low' ? scale.min : scale.max)}
              aria-valuetext={words(thumb, value)}
              onKeyDown={press(thumb)}
              onPointerMove={(event) => {
                if (event.currentTarget.hasPointerCapture(event.pointerId)) move(thumb, placeAt(event));
              }}
            />
          );
        })}
      </div>
      <div className="range-ticks num" aria-hidden>
        {ticksOf(scale).map((tick) => (
          <span key={tick} style={{ left: `${100 * placeOf(scale, tick)}%` }}>
            {show(tick)}
          </span>
        ))}
      </div>
    </div>
  );
}

function keyPlace(key: string, place: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return place + SMALL_STEP;
    case 'ArrowLeft':
    case 'ArrowDown':
      return place - SMALL_STEP;
    case 'PageUp':
      return place + LARGE_STEP;
    case 'PageDown':
      return place - LARGE_STEP;
    case 'Home':
      return 0;
    case 'End':
      return 1;
    default:
      return undefined;
  }
}
