import { describe, expect, it } from 'vitest';
import {
  columnNear,
  fieldAfterKey,
  fieldAt,
  heatLayout,
  nameEvery,
} from '../../../renderer/charts/heatLayout.ts';

const layout = heatLayout(640, 3, 50, { namesAbove: false, rowNotes: 0, fieldHeight: 20 });
const centre = (row: number, column: number): readonly [number, number] => [
  layout.left + (column + 0.5) * layout.fieldWidth,
  layout.top + (row + 0.5) * layout.fieldHeight,
];

describe('the fields of a heat map', () => {
  it('are found where they are drawn, and nowhere else', () => {
    expect(fieldAt(layout, ...centre(2, 49))).toEqual({ row: 2, column: 49 });
    expect(fieldAt(layout, ...centre(0, 0))).toEqual({ row: 0, column: 0 });
    expect(fieldAt(layout, layout.left - 1, layout.top + 1)).toBeUndefined();
    expect(fieldAt(layout, layout.left + 1, layout.height)).toBeUndefined();
  });

  it('fit into the width, and are not blown up when they are few', () => {
    expect(layout.left + 50 * layout.fieldWidth).toBeLessThanOrEqual(640);
    const few = heatLayout(2000, 3, 2, { namesAbove: true, rowNotes: 0, fieldHeight: 20 });
    expect(few.fieldWidth).toBeLessThan(100);
  });

  it('leave the room to short notes that aslant names reach over anyway, and more to long ones', () => {
    const widthOf = (namesAbove: boolean, rowNotes: number) =>
      heatLayout(400, 3, 8, { namesAbove, rowNotes, fieldHeight: 20 }).fieldWidth;
    expect(widthOf(true, 44)).toBe(widthOf(true, 0));
    expect(widthOf(true, 118)).toBeLessThan(widthOf(true, 0));
    expect(widthOf(false, 44)).toBeLessThan(widthOf(false, 0));
  });

  it('give the nearest column beside them, so that a drag may leave them', () => {
    expect(columnNear(layout, -50)).toBe(0);
    expect(columnNear(layout, 5000)).toBe(49);
  });

  it('are walked through by arrow keys up to the edges', () => {
    const at = { row: 0, column: 49 };
    expect(fieldAfterKey(layout, at, 'ArrowRight')).toEqual(at);
    expect(fieldAfterKey(layout, at, 'ArrowDown')).toEqual({ row: 1, column: 49 });
    expect(fieldAfterKey(layout, at, 'Home')).toEqual({ row: 0, column: 0 });
    expect(fieldAfterKey(layout, at, 'a')).toBeUndefined();
  });
});

describe('the names of columns', () => {
  it('are as many as fit, in round steps', () => {
    expect(nameEvery(30, 26)).toBe(1);
    expect(nameEvery(13, 26)).toBe(2);
    expect(nameEvery(4, 26)).toBe(10);
    expect(nameEvery(0.3, 26)).toBe(100);
  });
});
