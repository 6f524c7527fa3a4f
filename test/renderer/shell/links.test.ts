import { expect, it } from 'vitest';
import { decodeWord, links, runAt } from '../../../renderer/shell/links.ts';

it('finds the run that an address shows', () => {
  expect(runAt(links.run('a run/50 %', 'cell'))).toBe('a run/50 %');
  expect(runAt('/run/demo')).toBe('demo');
  expect(runAt(links.runs)).toBeUndefined();
  expect(runAt('/run/%/watch')).toBeUndefined();
});

it('takes no word of an address that is none', () => {
  expect(decodeWord('%')).toBeUndefined();
  expect(decodeWord('50%25')).toBe('50%');
});
