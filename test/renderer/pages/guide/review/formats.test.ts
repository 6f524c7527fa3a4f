import { expect, it } from 'vitest';
import { formatsOf, withFormat } from '../../../../../renderer/pages/guide/review/formats.ts';
import { nextSeed } from '../../../../../renderer/pages/guide/review/nextSeed.ts';

const ALL = ['genotype', 'onnx', 'tflite'];

it('formats are read as the draft has them, or as they are where it has none', () => {
  expect(formatsOf(undefined, ALL)).toEqual(ALL);
  expect(formatsOf(['onnx', 3], ALL)).toEqual(['onnx']);
  expect(formatsOf('onnx', ALL)).toEqual([]);
  expect(formatsOf(undefined, undefined)).toEqual([]);
});

it('a format comes in or goes, the others stay, in their order', () => {
  expect(withFormat(['tflite'], 'genotype', true, ALL)).toEqual(['genotype', 'tflite']);
  expect(withFormat(ALL, 'onnx', false, ALL)).toEqual(['genotype', 'tflite']);
  expect(withFormat(['gone'], 'onnx', true, ALL)).toEqual(['onnx']);
});

it('another seed follows the one that stands there, or the first', () => {
  expect(nextSeed(41, 1)).toBe(42);
  for (const none of [undefined, 'x', -1, 1.5, Number.NaN]) expect(nextSeed(none, 1)).toBe(2);
});
