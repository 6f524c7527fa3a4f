import { expect, it } from 'vitest';
import { percent } from '../../../core/report/format.ts';
import { lastValue } from '../../../renderer/charts/lastValue.ts';
import { robustness } from '../../../renderer/texts/robustness.ts';

const line = { label: 'found', xs: [0, 4, 12], ys: [0.5, 0.3, 0.1] };
const show = (value: number): string => `${100 * value} %`;

it('a way of writing values that takes more than a value is given nothing else', () => {
  expect(lastValue(line, percent, undefined)).toBe(percent(0.1));
});

it('the last value of a line says where it holds, where that is not simply now', () => {
  const showLast = (value: number, x: number): string => robustness.atEpsilon(show(value), `${x}/255`);
  expect(lastValue(line, show, showLast)).toBe('10 % at ε = 12/255');
  expect(lastValue(line, show, undefined)).toBe('10 %');
  expect(lastValue({ ...line, xs: [], ys: [] }, show, showLast)).toBe('');
});
