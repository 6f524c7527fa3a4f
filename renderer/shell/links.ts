/** Addresses of pages, so that no page spells another's. Pure. */
import type { RunId } from '../../core/protocol/values.ts';

export type RunTab = 'watch' | 'cell' | 'training' | 'robustness' | 'export';
export const GUIDE_STEPS = ['data', 'space', 'budget', 'threat', 'strategy', 'review'] as const;
export type GuideStep = (typeof GUIDE_STEPS)[number];

export const links = {
  home: '/',
  guide: (step: GuideStep) => `/new/${step}`,
  runs: '/runs',
  compare: '/compare',
  run: (runId: RunId, tab: RunTab = 'watch') => `/run/${encodeURIComponent(runId)}/${tab}`,
  studio: '/studio',
  machine: '/machine',
  help: '/help',
} as const;

/** @returns undefined where it is no word of an address, such as a lone % */
export function decodeWord(word: string): string | undefined {
  try {
    return decodeURIComponent(word);
  } catch {
    return undefined;
  }
}

/** The run that is shown at an address. */
export function runAt(location: string): RunId | undefined {
  const word = /^\/run\/([^/]+)/.exec(location)?.[1];
  return word === undefined ? undefined : decodeWord(word);
}
