/** What a line chart is made of: its lines, its bounds, its place in the drawing. */
import type { Axis, Unit } from './scale.ts';
import type { ChartPoint } from './thinPoints.ts';

export interface ChartLine {
  readonly name: string;
  readonly points: readonly ChartPoint[];
  /** Colour and dashes, 0 … 5; by its place in the list where left out. */
  readonly look?: number;
  /** Single values rather than a course: drawn as marks without a line between them. */
  readonly scattered?: boolean;
}

/** A range that values should keep to; open at an end left out. */
export interface Band {
  readonly name: string;
  readonly low?: number;
  readonly high?: number;
}

export interface Chart {
  /** Unique on the page; letters, digits, dashes. */
  readonly id: string;
  readonly title: string;
  readonly xName: string;
  readonly yName: string;
  readonly unit: Unit;
  readonly lines: readonly ChartLine[];
  /** Ends that the axes show in any case. */
  readonly xLow?: number;
  readonly xHigh?: number;
  readonly yLow?: number;
  readonly yHigh?: number;
  readonly band?: Band;
  readonly note?: string;
}

/** Where the plot lies within the drawing. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly x: Axis;
  readonly y: Axis;
}
