import { describe, expect, it } from 'vitest';
import { begin, change, ONE_STEP_MS, redo, undo } from '../../../renderer/store/history.ts';

describe('the history', () => {
  it('takes typing in one field as one step', () => {
    let history = begin('');
    history = change(history, '1', 'epochs', 0);
    history = change(history, '12', 'epochs', ONE_STEP_MS - 1);
    // Counted from the last keystroke, not from the first.
    history = change(history, '120', 'epochs', 2 * ONE_STEP_MS - 3);
    expect(history.present).toBe('120');
    expect(undo(history).present).toBe('');
  });

  it('begins a step where another field changes, after a pause, and for what has no name', () => {
    let history = begin('a');
    history = change(history, 'b', 'epochs', 0);
    history = change(history, 'c', 'cells', 1);
    history = change(history, 'd', 'cells', 1 + ONE_STEP_MS);
    history = change(history, 'e', undefined, 1 + ONE_STEP_MS);
    history = change(history, 'f', undefined, 1 + ONE_STEP_MS);
    expect(history.past).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('goes back and forth, and forgets what was undone once something else is changed', () => {
    let history = change(change(begin(0), 1, undefined, 0), 2, undefined, 0);
    history = undo(history);
    expect([history.present, redo(history).present]).toEqual([1, 2]);
    history = undo(undo(history));
    expect(history.present).toBe(0);
    history = change(history, 9, undefined, 0);
    expect(redo(history).present).toBe(9);
  });

  it('does not go on with a step that was undone', () => {
    const undone = undo(change(begin('a'), 'b', 'name', 0));
    expect(undo(change(undone, 'c', 'name', 1)).present).toBe('a');
  });
});
