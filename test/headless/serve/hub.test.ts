/** Many windows over one channel to a process. */
import { expect, it, vi } from 'vitest';
import { hub, spokes } from '../../../headless/serve/hub.ts';
import { portPair } from '../../helpers/portPair.ts';

it('carries frames of each window to its own connection and back', async () => {
  const { near, far } = portPair();
  spokes(far, (port) => port.listen((value) => port.post({ echo: value })));
  const windows = hub(near);
  const heard: string[][] = [[], []];
  const [first, second] = heard.map((texts) => windows.open((text) => texts.push(text), vi.fn()));
  first.send('1');
  second.send('"two"');
  await vi.waitFor(() => expect(heard).toEqual([['{"echo":1}'], ['{"echo":"two"}']]));
});

it('tells each window once that the process is gone, and one that comes after that at once', async () => {
  const { near, far } = portPair();
  const windows = hub(near);
  const [before, after] = [vi.fn(), vi.fn()];
  windows.open(vi.fn(), before);
  far.close();
  await vi.waitFor(() => expect(before).toHaveBeenCalledTimes(1));
  const spoke = windows.open(vi.fn(), after);
  await vi.waitFor(() => expect(after).toHaveBeenCalledTimes(1));
  spoke.send('1');
  spoke.close();
  expect(before).toHaveBeenCalledTimes(1);
});
