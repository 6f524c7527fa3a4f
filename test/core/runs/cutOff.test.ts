import { describe, expect, it } from 'vitest';
import { cutOffNotice } from '../../../core/runs/cutOff.ts';

const LESS = 'A new experiment takes less with 8 channels in place of 16.';
const notice = (left: Parameters<typeof cutOffNotice>[0]) =>
  cutOffNotice(left, 'at step 13 of the search', 3 * 2 ** 30, LESS);

describe('a run whose process ended without a word', () => {
  it('says where it stood and what it held', () => {
    expect(notice({ isOtherBoot: false, killsSince: 0 })).toEqual({
      code: 'cut-off',
      message:
        'The process that worked on this run ended without a word at step 13 of the search. Its steps took up to 3.0 GiB of memory.',
      hint: expect.stringContaining('goes on from the last checkpoint') as string,
    });
    expect(notice({ isOtherBoot: false })).toEqual(notice({ isOtherBoot: false, killsSince: 0 }));
  });

  it('says that it was probably the memory where the system counted, and what takes less', () => {
    const { message, hint } = notice({ isOtherBoot: false, killsSince: 1 });
    expect(message).toContain('Memory probably ran out: since it began, the system ended one process');
    expect(hint).toContain('a new experiment takes less with 8 channels');
    expect(notice({ isOtherBoot: false, killsSince: 3 }).message).toContain('ended 3 processes');
  });

  it('blames nothing but the start of the computer where that came between', () => {
    const { message, hint } = notice({ isOtherBoot: true });
    expect(message).toContain('started anew');
    expect(message + hint).not.toContain('emory');
  });
});
