import { expect, it } from 'vitest';
import { lastValue } from '../../../renderer/charts/lastValue.ts';
import { robustness } from '../../../renderer/texts/robustness.ts';

const line = { label: 'found', xs: [0, 4, 12], ys: [0.5, 0.3, 0.1] };
const show = (value: number): string => `${100 * value} %`;

it('the last value of a line says where it holds, where that is not simply now', () => {
  const showLast = (value: number, x: number): string => robustness.atEpsilon(show(value), `${x}/255`);
  expect(lastValue(line, show, showLast)).toBe('10 % at ε = 12/255');
  expect(lastValue(line, show)).toBe('10 %');
  expect(lastValue({ ...line, xs: [], ys: [] }, show, showLast)).toBe('');
});
