/** How many training images a set has, known from its publication or from a look at all of it. */
import { useEffect } from 'react';
import { create } from 'zustand';
import type { DataLook } from '../../../../core/protocol/libraryApi.ts';
import { useDraft } from '../../../store/draft.ts';
import { readSource, TRAINING_COUNTS } from './sources.ts';

const useCounts = create<Readonly<Record<string, number>>>()(() => ({}));

export function useTrainingCount(look: DataLook | undefined): number | undefined {
  const data = useDraft(({ complete }) => complete?.data);
  const source = data?.source ?? '';
  const counted = useCounts((state) => state[source]);
  const seen = look?.parts.find(({ part }) => part === 'train')?.count;
  const isAll = data !== undefined && seen !== undefined && (data.limit === undefined || seen < data.limit);
  useEffect(() => {
    if (isAll) useCounts.setState({ [source]: seen });
  }, [isAll, source, seen]);
  const { id } = readSource(source);
  return counted ?? (Object.hasOwn(TRAINING_COUNTS, id) ? TRAINING_COUNTS[id] : undefined);
}
