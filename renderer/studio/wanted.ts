/** Which cell the studio opens next in a place: whoever leads there may want another than the first. */
import { useEffect } from 'react';
import type { RunId } from '../../core/protocol/values.ts';
import { studio } from '../texts/studio.ts';
import type { Basis } from './model/kept.ts';
import type { Session } from './session.ts';

/** The place where the cell of a run is edited. */
export const runDraftKey = (runId: RunId): string => `run:${runId}`;

const wanted = new Map<string, string>();

/** @param basisId as the place names its cells */
export function wantBasis(draftKey: string, basisId: string): void {
  wanted.set(draftKey, basisId);
}

/** Opens what was wanted, once; undo leads back. */
export function useWanted(draftKey: string, bases: readonly Basis[], session: Session | undefined): void {
  useEffect(() => {
    const id = wanted.get(draftKey);
    if (session === undefined || id === undefined) return;
    wanted.delete(draftKey);
    const basis = bases.find((one) => one.id === id);
    if (basis !== undefined && session.basis.id !== id) session.load(basis, studio.loaded(basis.title));
  }, [draftKey, bases, session]);
}
