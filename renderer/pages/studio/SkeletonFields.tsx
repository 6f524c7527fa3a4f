/** The network in which the studio counts: how many cells, how wide, for which images. */
import { useId } from 'react';
import { CellsmithError } from '../../../core/base/errors.ts';
import type { Skeleton } from '../../../core/searchSpace/space.ts';
import { cellPlan } from '../../../core/searchSpace/topology.ts';
import type { KeptSkeleton } from '../../studio/model/kept.ts';
import { KeptSkeleton as SkeletonSchema } from '../../studio/model/kept.ts';
import { studioDialogs } from '../../texts/studioDialogs.ts';
import { Card } from '../../ui/Card.tsx';
import { Segments } from '../../ui/controls.tsx';
import { Field } from '../../ui/Field.tsx';
import { NumberInput } from '../../ui/NumberInput.tsx';

const words = studioDialogs.skeleton;

/** As typed: numbers may be missing or out of range. */
export type TypedSkeleton = Readonly<Record<keyof KeptSkeleton, number | undefined>>;

type FieldName = Exclude<keyof KeptSkeleton, 'imageChannels'>;

const RANGES: Readonly<Record<FieldName, readonly [number, number]>> = {
  cells: [1, 50],
  channels: [2, 256],
  classes: [2, 10_000],
  imageSize: [8, 256],
};

/** What is wrong, by field; a skeleton where nothing is. */
export function readSkeleton(typed: TypedSkeleton): {
  readonly skeleton?: KeptSkeleton;
  readonly errors: Readonly<Partial<Record<FieldName, string>>>;
} {
  const names = Object.keys(RANGES) as readonly FieldName[];
  const errors = Object.fromEntries(
    names.flatMap((name) => {
      const [low, high] = RANGES[name];
      const value = typed[name];
      const isIn = value !== undefined && Number.isInteger(value) && value >= low && value <= high;
      if (!isIn) return [[name, words.outOfRange(low, high)]];
      return name === 'channels' && value % 2 !== 0 ? [[name, words.even]] : [];
    }),
  );
  const read = SkeletonSchema.safeParse(typed);
  if (!read.success) return { errors };
  const tooOdd = halvingError(read.data);
  return tooOdd === undefined ? { skeleton: read.data, errors } : { errors: { imageSize: tooOdd } };
}

function halvingError(skeleton: Skeleton): string | undefined {
  try {
    cellPlan(skeleton, { normal: 1, reduce: 1 });
    return undefined;
  } catch (error) {
    if (error instanceof CellsmithError) return `${error.message} ${error.hint}`;
    throw error;
  }
}

export function SkeletonFields({
  typed,
  errors,
  onChange,
}: {
  readonly typed: TypedSkeleton;
  readonly errors: Readonly<Partial<Record<FieldName, string>>>;
  readonly onChange: (typed: TypedSkeleton) => void;
}) {
  const id = useId();
  const number = (name: FieldName, unit?: string) => (
    <Field label={words[name]} unit={unit} error={errors[name]}>
      {(control) => (
        <NumberInput
          {...control}
          value={typed[name]}
          onChange={(value) => onChange({ ...typed, [name]: value })}
        />
      )}
    </Field>
  );
  return (
    <Card title={words.title} about={words.about} className="skeleton-card">
      <div className="skeleton-fields">
        {number('cells')}
        {number('channels')}
        {number('classes')}
        {number('imageSize', words.pixels)}
        <div className="field" aria-labelledby={id}>
          <span className="field-label" id={id}>
            {words.imageChannels}
          </span>
          <Segments
            label={words.imageChannels}
            value={typed.imageChannels === 1 ? '1' : '3'}
            options={[
              { value: '3', label: words.colour },
              { value: '1', label: words.grey },
            ]}
            onChange={(value) => onChange({ ...typed, imageChannels: Number(value) })}
          />
        </div>
      </div>
    </Card>
  );
}
