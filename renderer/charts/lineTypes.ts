/** What a chart of lines is given. */
import type { Curve } from './decimate.ts';

export interface Line extends Curve {
  readonly label: string;
  /** Of `lookOf`; the line's place where left out. */
  readonly look?: number;
  /** Draws points beside the line, for curves of few points. */
  readonly hasPoints?: boolean;
}

export interface Mark {
  readonly x: number;
  readonly label: string;
  /** `quiet` for what is worth knowing and no warning. */
  readonly tone?: 'warn' | 'quiet';
}

/** Lines that grow while they are shown. They are asked for again after a change, in the next frame. */
export interface LiveLines {
  lines(): readonly Line[];
  /** @returns stops calling */
  onChange(act: () => void): () => void;
}

export interface LineChartProps {
  readonly title: string;
  readonly xName: string;
  readonly lines: readonly Line[];
  /** Where the same lines come from as they grow; labels and looks stay those of `lines`. */
  readonly live?: LiveLines;
  /** How values are written; four significant digits where left out. */
  readonly show?: (value: number) => string;
  /** How the last value of a line is written where it is no latest one: with the place that it holds at. */
  readonly showLast?: ((value: number, x: number) => string) | undefined;
  /** How the values of the y axis are written, where shorter than `show`. */
  readonly showAxis?: ((value: number) => string) | undefined;
  /** A band that values shall lie in, such as a budget. */
  readonly band?: {
    readonly label: string;
    readonly low?: number | undefined;
    readonly high?: number | undefined;
  };
  /** Places on the x axis where something happened. */
  readonly marks?: readonly Mark[];
  /** Fixed ends of the y axis, such as 0 and 1. */
  readonly range?: readonly [number, number];
  readonly scale?: 'linear' | 'log';
  /** 0 … < 1: draws a running mean, and the values themselves faintly behind it. */
  readonly smoothing?: number;
  /** So many of the x of `lines` and `marks` make one on the axis, such as steps of an epoch. */
  readonly xUnit?: number;
  readonly height?: number;
  /** A line or two below the legend. */
  readonly note?: string;
  /** What stands where there are no points yet. */
  readonly whenEmpty?: string;
}
