/** What an operation looks at, as a small picture: the places of a 9×9 window that it reads. */
import type { PrimitiveId } from '../../../../core/searchSpace/genotype.ts';

const UNIT = 3;
const MIDDLE = 4;

interface Window {
  /** Distances from the middle that are read, in both directions. */
  readonly reach: number;
  readonly step: number;
}

const WINDOWS: Readonly<Partial<Record<PrimitiveId, Window>>> = {
  sep_conv_3x3: { reach: 1, step: 1 },
  sep_conv_5x5: { reach: 2, step: 1 },
  sep_conv_7x7: { reach: 3, step: 1 },
  dil_conv_3x3: { reach: 1, step: 2 },
  dil_conv_5x5: { reach: 2, step: 2 },
  max_pool_3x3: { reach: 1, step: 1 },
  avg_pool_3x3: { reach: 1, step: 1 },
};

export function OperationPicture({ op }: { readonly op: PrimitiveId }) {
  return (
    <svg className="op-picture" viewBox="0 0 28 28" aria-hidden>
      <rect className="op-frame" x="0.5" y="0.5" width="27" height="27" rx="3" />
      {marksOf(op)}
    </svg>
  );
}

function marksOf(op: PrimitiveId) {
  if (op === 'none') return <path className="op-line" d="M8 8L20 20M20 8L8 20" />;
  if (op === 'skip_connect') return <path className="op-line" d="M4 14H22M17 9L22 14L17 19" />;
  return placesOf(op).map(([x, y, isFull]) => (
    <rect
      key={`${x} ${y}`}
      className={isFull ? 'op-tap' : 'op-tap faint'}
      x={0.5 + x * UNIT + 0.25}
      y={0.5 + y * UNIT + 0.25}
      width={UNIT - 0.5}
      height={UNIT - 0.5}
    />
  ));
}

function placesOf(op: PrimitiveId): readonly (readonly [x: number, y: number, isFull: boolean])[] {
  if (op === 'conv_7x1_1x7') {
    const line = [1, 2, 3, 4, 5, 6, 7];
    return [
      ...line.map((x) => [x, MIDDLE, true] as const),
      ...line.filter((y) => y !== MIDDLE).map((y) => [MIDDLE, y, true] as const),
    ];
  }
  const window = WINDOWS[op];
  if (window === undefined) return [];
  const { reach, step } = window;
  const offsets = Array.from({ length: 2 * reach + 1 }, (_, i) => MIDDLE + (i - reach) * step);
  return offsets.flatMap((y, row) =>
    // The largest of nine: one of them stands out. The mean of nine: all alike, none in full.
    offsets.map((x, column) => {
      const isFull = op === 'max_pool_3x3' ? row === 0 && column === 2 : op !== 'avg_pool_3x3';
      return [x, y, isFull] as const;
    }),
  );
}
