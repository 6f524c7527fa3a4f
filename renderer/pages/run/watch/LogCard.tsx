/** The events of a run as lines: filtered, searched, followed; only those in sight are made. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useDeferredValue, useEffect, useId, useRef, useState } from 'react';
import type { RunEvent } from '../../../../core/runs/events.ts';
import { useSessionState } from '../../../store/sessionState.ts';
import { withIsolatedNames } from '../../../texts/isolated.ts';
import { clockTime, eventWords, log, wholeTime } from '../../../texts/log.ts';
import { Card } from '../../../ui/Card.tsx';
import { Segments, Switch } from '../../../ui/controls.tsx';
import type { LogFilter, LogShow } from './logLines.ts';
import { noLines, searchOn } from './logLines.ts';

const SHOWS = (['brief', 'all', 'trouble'] as const).map((value) => ({ value, label: log.shows[value] }));
/** Events that are looked through in one go: by kind that is quick, by words each is written out. */
const PIECE = { byKind: 50_000, byWords: 3000 } as const;
const LINE_HEIGHT = 26;

/** @param length of `events`, which grow and stay the same list */
export const LogCard = memo(function LogCard({
  events,
  length,
}: {
  readonly events: readonly RunEvent[];
  readonly length: number;
}) {
  const [kept, setShow] = useSessionState<string>('log.show', 'brief');
  const show: LogShow = SHOWS.find(({ value }) => value === kept)?.value ?? 'brief';
  const [typed, setTyped] = useState('');
  const words = useDeferredValue(typed.trim().toLowerCase());
  const [isFollowing, setFollowing] = useState(true);
  const lines = useLogLines(events, length, { show, words });
  const search = useId();
  return (
    <Card
      title={log.title}
      className="log-card"
      actions={
        <>
          <Segments label={log.show} value={show} options={SHOWS} onChange={setShow} />
          <label className="unseen" htmlFor={search}>
            {log.search}
          </label>
          <input
            id={search}
            type="search"
            className="input log-search"
            placeholder={log.search}
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
          <Switch label={log.follow} checked={isFollowing} onChange={setFollowing} />
        </>
      }
    >
      {lines.places.length === 0 && lines.searched === length ? (
        <p className="soft">{log.nothing}</p>
      ) : (
        <LogList
          events={events}
          places={lines.places}
          isFollowing={isFollowing}
          onScrolledAway={() => setFollowing(false)}
        />
      )}
      <p className="small soft num">
        {lines.searched < length
          ? log.searching(lines.searched / length)
          : log.lines(lines.places.length, length)}
      </p>
    </Card>
  );
});

function useLogLines(events: readonly RunEvent[], length: number, filter: LogFilter) {
  const { show, words } = filter;
  const [lines, setLines] = useState(noLines);
  const asked = useRef({ events, show, words });
  useEffect(() => {
    const before = asked.current;
    const isOther = before.events !== events || before.show !== show || before.words !== words;
    asked.current = { events, show, words };
    if (isOther) setLines(noLines);
  }, [events, show, words]);
  useEffect(() => {
    if (lines.searched >= length) return undefined;
    const timer = setTimeout(() => {
      const piece = words === '' ? PIECE.byKind : PIECE.byWords;
      setLines((before) => searchOn(before, events, { show, words }, piece));
    });
    return () => clearTimeout(timer);
  }, [lines, length, events, show, words]);
  return lines;
}

function LogList({
  events,
  places,
  isFollowing,
  onScrolledAway,
}: {
  readonly events: readonly RunEvent[];
  readonly places: readonly number[];
  readonly isFollowing: boolean;
  readonly onScrolledAway: () => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({
    count: places.length,
    getScrollElement: () => box.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 12,
  });
  useEffect(() => {
    if (isFollowing && places.length > 0) list.scrollToIndex(places.length - 1, { align: 'end' });
  }, [isFollowing, places.length, list]);
  return (
    <div
      ref={box}
      className="log-list"
      tabIndex={0}
      role="group"
      aria-label={log.listLabel}
      // Whoever scrolls up wants to read, not to be pulled down again.
      onWheel={({ deltaY }) => deltaY < 0 && isFollowing && onScrolledAway()}
      onKeyDown={({ key }) => ['ArrowUp', 'PageUp', 'Home'].includes(key) && isFollowing && onScrolledAway()}
    >
      <ol style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map(({ index, start }) => (
          <LogLine
            key={places[index]}
            index={index}
            measure={list.measureElement}
            event={events[places[index]]}
            top={start}
            of={places.length}
          />
        ))}
      </ol>
    </div>
  );
}

const LogLine = memo(function LogLine({
  event,
  top,
  index,
  of,
  measure,
}: {
  readonly event: RunEvent;
  readonly top: number;
  readonly index: number;
  readonly of: number;
  /** Long lines take more than one row. */
  readonly measure: (element: Element | null) => void;
}) {
  return (
    <li
      ref={measure}
      data-index={index}
      className={`log-line ${event.kind}`}
      style={{ transform: `translateY(${top}px)` }}
      aria-setsize={of}
      aria-posinset={index + 1}
    >
      <time className="num soft" dateTime={new Date(event.at).toISOString()} title={wholeTime(event.at)}>
        {clockTime(event.at)}
      </time>
      <span>{withIsolatedNames(eventWords(event))}</span>
    </li>
  );
});
