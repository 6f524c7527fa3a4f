/** Which lines of a log are shown: by kind and by words, found piece by piece so that nothing waits for it. */
import type { RunEvent } from '../../../../core/runs/events.ts';
import { eventWords } from '../../../texts/log.ts';

export type LogShow = 'brief' | 'all' | 'trouble';

export interface LogFilter {
  readonly show: LogShow;
  /** In lower case; empty = any. */
  readonly words: string;
}

export interface LogLines {
  /** Places of the events that fit, as far as was searched. */
  readonly places: readonly number[];
  readonly searched: number;
}

export const noLines: LogLines = { places: [], searched: 0 };

const isTrouble = ({ kind }: RunEvent): boolean => kind === 'warning' || kind === 'failed';

function fits(event: RunEvent, { show, words }: LogFilter): boolean {
  if (show === 'trouble' && !isTrouble(event)) return false;
  if (show === 'brief' && event.kind === 'step') return false;
  return words === '' || eventWords(event).toLowerCase().includes(words);
}

/** Searches on through at most so many events. */
export function searchOn(
  lines: LogLines,
  events: readonly RunEvent[],
  filter: LogFilter,
  most: number,
): LogLines {
  const end = Math.min(events.length, lines.searched + most);
  if (end <= lines.searched) return lines;
  const found: number[] = [];
  for (let i = lines.searched; i < end; i++) if (fits(events[i], filter)) found.push(i);
  return { places: found.length === 0 ? lines.places : [...lines.places, ...found], searched: end };
}
