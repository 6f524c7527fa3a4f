/** What a run says of a process that worked on it before and ended without a word. */
import { bytesText } from '../base/bytesText.ts';

/** What the process before left behind in the folder. */
export interface LeftBehind {
  /** Whether the computer was started anew since. */
  readonly isOtherBoot: boolean;
  /** How many processes the system ended for want of memory since then; undefined where nobody counts. */
  readonly killsSince?: number;
}

/**
 * @param place where it stood, such as `at step 13 of the search`
 * @param most resident memory of its steps
 * @param less what takes less of it
 */
export function cutOffNotice(
  { isOtherBoot, killsSince = 0 }: LeftBehind,
  place: string,
  most: number | undefined,
  less: string,
): { code: string; message: string; hint: string } {
  const held = most === undefined ? '' : ` Its steps took up to ${bytesText(most)} of memory.`;
  const ended = `The process that worked on this run ended without a word ${place}.`;
  if (isOtherBoot)
    return {
      code: 'cut-off',
      message: `${ended} The computer was started anew since.`,
      hint: 'It goes on from the last checkpoint.',
    };
  if (killsSince === 0)
    return {
      code: 'cut-off',
      message: `${ended}${held}`,
      hint: 'It goes on from the last checkpoint. What the terminal said last may tell why it ended.',
    };
  const times = killsSince === 1 ? 'one process' : `${killsSince} processes`;
  return {
    code: 'cut-off',
    message: `${ended} Memory probably ran out: since it began, the system ended ${times} to free memory.${held}`,
    hint: `It goes on from the last checkpoint. If it ends there again: ${less.charAt(0).toLowerCase()}${less.slice(1)}`,
  };
}
