import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CellsmithError } from '../../../core/base/errors.ts';
import { useConnection } from '../../../renderer/store/connection.ts';
import { SHOWN_MS, showFailure, useToasts } from '../../../renderer/store/toasts.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  useToasts.getState().dismissAll();
  vi.useRealTimers();
});

const { show, withdraw, leavePage } = useToasts.getState();
const titles = (): readonly string[] => useToasts.getState().all.map(({ title }) => title);

it('says the same once, at the end; what can be undone each time, and of each run for itself', () => {
  const action = { label: 'Undo', act: () => undefined };
  show({ tone: 'bad', title: 'no room' });
  show({ tone: 'info', title: 'trashed', action });
  show({ tone: 'info', title: 'trashed', action });
  show({ tone: 'bad', title: 'no room' });
  expect(titles()).toEqual(['trashed', 'trashed', 'no room']);
  show({ tone: 'bad', title: 'no room', about: { runId: 'a', name: 'A' } });
  show({ tone: 'bad', title: 'no room', about: { runId: 'b', name: 'B' } });
  show({ tone: 'bad', title: 'no room', about: { runId: 'a', name: 'A' } });
  expect(useToasts.getState().all.map(({ about }) => about?.name)).toEqual([
    undefined,
    undefined,
    undefined,
    'B',
    'A',
  ]);
});

it('lets news go by themselves, and failures once they were read and another page is shown', () => {
  show({ tone: 'good', title: 'done' });
  show({ tone: 'bad', title: 'failed' });
  show({ tone: 'bad', title: 'not saved', key: 'kept' });
  vi.advanceTimersByTime(SHOWN_MS);
  expect(titles()).toEqual(['failed', 'not saved']);
  show({ tone: 'bad', title: 'just now' });
  leavePage();
  expect(titles()).toEqual(['not saved', 'just now']);
  withdraw('kept');
  expect(titles()).toEqual(['just now']);
});

it('withdraws what failed for want of a connection when there is one again', () => {
  showFailure(new CellsmithError('cancelled', 'This was cancelled.', ''));
  for (let i = 0; i < 3; i++)
    showFailure(new CellsmithError('disconnected', 'The connection is lost.', ''), {
      key: 'failed a',
      about: { runId: 'a', name: 'A' },
    });
  showFailure(new Error('other'));
  expect(titles()).toEqual(['The connection is lost.', 'other']);
  useConnection.getState().opened({ app: 'x', kind: 'browser', platform: 'linux', home: '/' });
  expect(titles()).toEqual(['other']);
});
