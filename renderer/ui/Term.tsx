/** A word of the field with its meaning on hover and focus. */
import type { ReactNode } from 'react';
import type { TermId } from '../texts/glossary.ts';
import { glossary } from '../texts/glossary.ts';
import { Tip } from './Tip.tsx';

export function Term({ id, children }: { readonly id: TermId; readonly children?: ReactNode }) {
  const { term, meaning } = glossary[id];
  return (
    <Tip text={meaning}>
      <button type="button" className="term">
        {children ?? term}
      </button>
    </Tip>
  );
}
