/** Words for the progress of a download. */
import { expect, it } from 'vitest';
import { transferWords } from '../../../headless/setup/transferWords.ts';

/** What is said at each of `[seconds, bytes]`. */
function told(points: readonly (readonly [seconds: number, bytes: number])[], total?: number): string[] {
  const said: string[] = [];
  let ms = 0;
  const words = transferWords(
    'downloading it',
    (what, done, of) => said.push(`${what} ${done}/${of}`.replaceAll(/\s/g, ' ')),
    () => ms,
  );
  for (const [seconds, bytes] of points) {
    ms = 1000 * seconds;
    words(bytes, total);
  }
  return said;
}

it('says how long it will take, once there is a pace, from where it began this time', () => {
  const points = [
    [10, 100e6],
    [11, 110e6],
    [20, 200e6],
    [30, 250e6],
  ] as const;
  expect(told(points, 300e6)).toEqual([
    'downloading it, MB 100/300',
    'downloading it, MB 110/300',
    'downloading it, 10 s left, MB 200/300',
    'downloading it, 6.7 s left, MB 250/300',
  ]);
});

it('says nothing of the end of what has no known size', () => {
  expect(
    told([
      [0, 1e6],
      [60, 9e6],
    ]),
  ).toEqual(['downloading it, MB 1/1', 'downloading it, MB 9/9']);
});
