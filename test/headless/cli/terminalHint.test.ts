import { describe, expect, it, vi } from 'vitest';
import { CellsmithError } from '../../../core/base/errors.ts';
import { searchOptions } from '../../../headless/cli/commands/search.ts';
import { reportError } from '../../../headless/cli/output.ts';
import { lastingLines, noStatus } from '../../../headless/cli/progress.ts';
import { terminalHint } from '../../../headless/cli/terminalHint.ts';

const CODES = ['too-few-cells', 'bound-missing', 'no-bounds', 'executor-unavailable'];

describe('a hint in the terminal', () => {
  it('names the options that do it, and they exist', () => {
    const flags = searchOptions().map(({ flag }) => `--${flag}`);
    for (const code of CODES) {
      const named = terminalHint({ code, hint: 'Do it.' }).match(/--[a-z-]+/g);
      expect(named, code).not.toBeNull();
      expect(flags).toEqual(expect.arrayContaining(named ?? []));
    }
  });

  it('stays as it is where there is nothing to add', () => {
    expect(terminalHint({ code: 'toString', hint: 'Do it.' })).toBe('Do it.');
  });

  it('comes with errors and with warnings', () => {
    const lines: string[] = [];
    const stderr = vi
      .spyOn(process.stderr, 'write')
      .mockImplementation((text) => lines.push(String(text)) > 0);
    reportError(new CellsmithError('too-few-cells', 'Too few.', 'Take more.'), false);
    stderr.mockRestore();
    expect(lines.join('')).toContain('Take more. --search-cells sets them.');
    const warning = {
      kind: 'warning',
      at: 0,
      code: 'no-bounds',
      message: 'None.',
      hint: 'Give one.',
    } as const;
    expect(lastingLines(warning, noStatus)[1]).toContain('Give one. The options are --min-params');
  });
});
