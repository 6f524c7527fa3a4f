/** The studio by itself: published genotypes and variants, counted in a network of one's own choice. */
import { useEffect, useMemo, useState } from 'react';
import { publishedBases } from '../../studio/GenotypeSelect.tsx';
import { useKeptStudio } from '../../studio/keptStudio.ts';
import type { KeptSkeleton } from '../../studio/model/kept.ts';
import { Studio } from '../../studio/Studio.tsx';
import { studio } from '../../texts/studio.ts';
import { Waiting } from '../../ui/feedback.tsx';
import { Page } from '../../ui/Page.tsx';
import type { TypedSkeleton } from './SkeletonFields.tsx';
import { SkeletonFields, readSkeleton } from './SkeletonFields.tsx';

/** The evaluation network of DARTS on CIFAR-10, in which published sizes are told. */
const PUBLISHED: KeptSkeleton = { cells: 20, channels: 36, classes: 10, imageSize: 32, imageChannels: 3 };
const FIRST = 'published:E2RNAS_CIFAR10';
const NO_BUDGET = {};

const bases = publishedBases.toSorted((a, b) => Number(b.id === FIRST) - Number(a.id === FIRST));

export function StudioPage() {
  const isRead = useKeptStudio((state) => state.isRead);
  return (
    <Page title={studio.title} about={studio.about}>
      {isRead ? <WithSkeleton /> : <Waiting label={studio.opening} />}
    </Page>
  );
}

function WithSkeleton() {
  const [typed, setTyped] = useState<TypedSkeleton>(
    () => useKeptStudio.getState().kept.skeleton ?? PUBLISHED,
  );
  const { skeleton, errors } = useMemo(() => readSkeleton(typed), [typed]);
  useEffect(() => {
    if (skeleton === undefined) return;
    useKeptStudio.getState().change((kept) => (kept.skeleton === skeleton ? kept : { ...kept, skeleton }));
  }, [skeleton]);
  return (
    <>
      <SkeletonFields typed={typed} errors={errors} onChange={setTyped} />
      <Studio draftKey="studio" bases={bases} skeleton={skeleton} budget={NO_BUDGET} />
    </>
  );
}
