/** Words for how long something will still take. */
import { expect, it } from 'vitest';
import { withTimeLeft } from '../../../headless/cli/timeLeft.ts';

/** What is said at each of `[seconds, what, done]`. */
function told(points: readonly (readonly [seconds: number, what: string, done: number])[], total: number) {
  const said: string[] = [];
  let ms = 0;
  const progress = withTimeLeft(
    (what, done, of) => said.push(`${what} ${done}/${of}`.replaceAll(/\s/g, ' ')),
    () => ms,
  );
  for (const [seconds, what, done] of points) {
    ms = 1000 * seconds;
    progress(what, done, total);
  }
  return said;
}

it('says how long it will take, once there is a pace, from where it began this time', () => {
  const points = [
    [10, 'downloading it, MB', 100],
    [11, 'downloading it, MB', 110],
    [20, 'downloading it, MB', 200],
    [30, 'downloading it, MB', 250],
    [31, 'unpacking', 1],
    [34, 'unpacking', 151],
  ] as const;
  expect(told(points, 300)).toEqual([
    'downloading it, MB 100/300',
    'downloading it, MB 110/300',
    'downloading it, 10 s left, MB 200/300',
    'downloading it, 6.7 s left, MB 250/300',
    'unpacking 1/300',
    'unpacking, 3.0 s left 151/300',
  ]);
});

it('says nothing of the end of what has no known size', () => {
  const points = [
    [0, 'downloading it, MB', 1],
    [60, 'downloading it, MB', 9],
  ] as const;
  expect(told(points, 0)).toEqual(['downloading it, MB 1/0', 'downloading it, MB 9/0']);
});
