/** Any genotype that is at hand, by where it comes from. */
import { useMemo } from 'react';
import type { Genotype } from '../../core/searchSpace/genotype.ts';
import { genotypes } from '../../core/searchSpace/library.ts';
import { useRuns } from '../store/runs.ts';
import { studioDialogs } from '../texts/studioDialogs.ts';
import type { FieldControl } from '../ui/Field.tsx';
import { useKeptStudio } from './keptStudio.ts';
import type { Basis } from './model/kept.ts';

export interface Candidates {
  readonly groups: readonly { readonly label: string; readonly all: readonly Basis[] }[];
  find(id: string): Basis | undefined;
}

/** @param here what only this place has: the cell being edited, its original, cells of the run */
export function useCandidates(here: readonly Basis[]): Candidates {
  const variants = useKeptStudio(({ kept }) => kept.variants);
  const runs = useRuns((state) => state.list);
  return useMemo(() => {
    const { groups: words } = studioDialogs.compare;
    const groups = [
      { label: words.here, all: here },
      { label: words.variants, all: variants.map(variantBasis) },
      {
        label: words.runs,
        all: (runs ?? []).flatMap(({ id, name, genotype }) =>
          genotype === undefined ? [] : [{ id: `run:${id}`, title: name, genotype }],
        ),
      },
      { label: words.published, all: publishedBases },
    ].filter(({ all }) => all.length > 0);
    const byId = new Map(groups.flatMap(({ all }) => all.map((basis) => [basis.id, basis])));
    return { groups, find: (id) => byId.get(id) };
  }, [here, variants, runs]);
}

export const variantBasis = ({
  id,
  name,
  genotype,
}: {
  readonly id: string;
  readonly name: string;
  readonly genotype: Genotype;
}): Basis => ({ id: `variant:${id}`, title: name, genotype });

export const publishedBases: readonly Basis[] = genotypes.all.map(({ id, title, genotype }) => ({
  id: `published:${id}`,
  title,
  genotype,
}));

export function GenotypeSelect({
  candidates,
  value,
  onChange,
  ...control
}: Partial<FieldControl> & {
  readonly candidates: Candidates;
  readonly value: string;
  readonly onChange: (id: string) => void;
}) {
  return (
    <select {...control} className="input" value={value} onChange={({ target }) => onChange(target.value)}>
      {candidates.groups.map(({ label, all }) => (
        <optgroup key={label} label={label}>
          {all.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}
