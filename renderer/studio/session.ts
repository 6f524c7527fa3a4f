/** What is being edited, one history for each place: it outlives the page, and by the draft the window. */
import { useEffect } from 'react';
import { create } from 'zustand';
import type { Genotype } from '../../core/searchSpace/genotype.ts';
import { useKeptStudio } from './keptStudio.ts';
import type { History } from './model/history.ts';
import { goTo, present, record, startHistory } from './model/history.ts';
import type { Basis, EditStep } from './model/kept.ts';
import { fromDraft, toDraft, withDraft } from './model/kept.ts';

export type EditHistory = History<EditStep>;

const useSessions = create<{ readonly sessions: Readonly<Record<string, EditHistory>> }>()(() => ({
  sessions: {},
}));

export interface Session {
  readonly history: EditHistory;
  readonly genotype: Genotype;
  readonly basis: Basis;
  /** Whether anything was done that a reload would lose without its draft. */
  readonly isEdited: boolean;
  record(genotype: Genotype, label: string): void;
  /** Goes on from another genotype; undo comes back. */
  load(basis: Basis, label: string): void;
  goTo(step: number): void;
}

const isUntouched = ({ steps }: EditHistory): boolean => steps.length === 1;

function keep(key: string, history: EditHistory): void {
  useSessions.setState(({ sessions }) => ({ sessions: { ...sessions, [key]: history } }));
  const draft = isUntouched(history) ? undefined : toDraft(history, Date.now());
  useKeptStudio.getState().change((kept) => withDraft(kept, key, draft));
}

/**
 * @param first where editing begins; while nothing was edited, it is followed when it changes
 * @param firstLabel of the history's first step
 * @returns undefined until what was kept has been read
 */
export function useSession(key: string, first: Basis, firstLabel: string): Session | undefined {
  const isRead = useKeptStudio((state) => state.isRead);
  const history = useSessions(({ sessions }) => sessions[key]);
  useEffect(() => {
    if (!isRead) return;
    const known = useSessions.getState().sessions[key];
    const draft = useKeptStudio.getState().kept.drafts[key];
    const fresh = startHistory<EditStep>({ genotype: first.genotype, label: firstLabel, basis: first });
    const next =
      known === undefined
        ? draft === undefined
          ? fresh
          : fromDraft(draft)
        : isUntouched(known)
          ? fresh
          : known;
    if (next !== known) useSessions.setState(({ sessions }) => ({ sessions: { ...sessions, [key]: next } }));
  }, [key, isRead, first, firstLabel]);
  if (history === undefined) return undefined;
  const now = present(history);
  return {
    history,
    genotype: now.genotype,
    basis: now.basis,
    isEdited: !isUntouched(history),
    record: (genotype, label) => keep(key, record(history, { genotype, label, basis: now.basis })),
    load: (basis, label) => keep(key, record(history, { genotype: basis.genotype, label, basis })),
    goTo: (step) => keep(key, goTo(history, step)),
  };
}
