/** A forecast in words: what it rests on, and what will not fit. Tensor-free. */
import { bytesText } from '../base/bytesText.ts';

/** '2 days 4 h', '3 h 20 min', '2 min 48 s', '12 s'. */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts: readonly (readonly [size: number, unit: string])[] = [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'min'],
    [1, 's'],
  ];
  const first = parts.findIndex(([size]) => whole >= size);
  if (first < 0) return '0 s';
  let rest = whole;
  return parts
    .slice(first, first + 2)
    .map(([size, unit]) => {
      const count = Math.floor(rest / size);
      rest -= count * size;
      return { count, text: `${count} ${unit}` };
    })
    .filter(({ count }, i) => i === 0 || count > 0)
    .map(({ text }) => text)
    .join(' ');
}

export interface Needs {
  readonly peakMemoryBytes: number;
  /** What the process may take: free memory and what it holds already. */
  readonly usableMemoryBytes: number;
  readonly diskBytes: number;
  readonly freeDiskBytes: number;
}

/** Above this share of what there is, it is tight: other programs take some, and steps are not all alike. */
const TIGHT = 0.85;

/** Whole sentences, worst first. */
export function forecastWarnings(needs: Needs): readonly string[] {
  const memory = needs.peakMemoryBytes / needs.usableMemoryBytes;
  const disk = needs.diskBytes / needs.freeDiskBytes;
  const found: { readonly share: number; readonly text: string }[] = [];
  if (memory > TIGHT) {
    const amounts = `${bytesText(needs.peakMemoryBytes)} of memory, and ${bytesText(needs.usableMemoryBytes)} can be had`;
    found.push({
      share: memory,
      text:
        memory > 1
          ? `It needs ${amounts}: close other programs, or take smaller batches, fewer channels or fewer cells.`
          : `Memory will be tight: it needs ${amounts}. Close what you do not need meanwhile.`,
    });
  }
  if (disk > TIGHT) {
    const amounts = `${bytesText(needs.diskBytes)}, and ${bytesText(needs.freeDiskBytes)} are free on that disk`;
    found.push({
      share: disk,
      text:
        disk > 1
          ? `It will write ${amounts}: make room, or choose a folder on another disk.`
          : `The disk will be nearly full: it will write ${amounts}. Make room before it begins.`,
    });
  }
  return found.sort((a, b) => b.share - a.share).map(({ text }) => text);
}
