/** Cards of two sources as one list. Pure. */
import type { Card } from '../../../core/protocol/machine.ts';

/** Of a card that both tell of, the system knows its memory. They have only words of its name in common. */
export function allCards(system: readonly Card[], desktop: readonly Card[]): readonly Card[] {
  return [...system, ...desktop.filter((card) => !system.some((known) => isAlike(card.name, known.name)))];
}

function isAlike(name: string, known: string): boolean {
  const words = new Set(wordsOf(known));
  // The maker alone is no sign: a computer may have two of its cards.
  return wordsOf(name).filter((word) => words.has(word) && !MAKERS.includes(word)).length > 0;
}

const MAKERS: readonly string[] = [
  'nvidia',
  'amd',
  'intel',
  'device',
  'vendor',
  'geforce',
  'radeon',
  'graphics',
];

function wordsOf(name: string): readonly string[] {
  return name.toLowerCase().match(/[a-z0-9]{2,}/g) ?? [];
}
