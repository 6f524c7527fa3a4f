import { describe, expect, it } from 'vitest';
import type { NewRunEvent, RunEvent } from '../../../core/runs/events.ts';
import { openJournal } from '../../../core/runs/journal.ts';
import { JOURNAL, readJournal } from '../../../core/runs/readJournal.ts';
import { fakeClock, memoryFiles } from '../../helpers/memoryFiles.ts';
import type { MemoryFiles } from '../../helpers/memoryFiles.ts';

const step = (n: number): NewRunEvent => ({
  kind: 'step',
  phase: 'search',
  step: n,
  epoch: 0,
  metrics: { trainLoss: 1 / n },
});
const warning: NewRunEvent = { kind: 'warning', code: 'w', message: 'größer als 1', hint: 'h' };
const steps = (events: readonly RunEvent[]): number[] =>
  events.flatMap((e) => (e.kind === 'step' ? [e.step] : []));
const text = (files: MemoryFiles): string => new TextDecoder().decode(files.disk.get(JOURNAL));
const put = (files: MemoryFiles, content: string): void => {
  files.disk.set(JOURNAL, new TextEncoder().encode(content));
};
const OPENED = '{"kind":"opened","at":1,"format":1,"app":"0.1.0"}\n';

describe('the journal', () => {
  it('begins with an opened event and gives back every event in order, stamped', async () => {
    const files = memoryFiles();
    const clock = fakeClock();
    const { journal, events } = await openJournal(files, clock, '0.1.0');
    expect(events).toEqual([{ kind: 'opened', at: clock.now(), format: 1, app: '0.1.0' }]);
    await journal.append(step(1));
    clock.advance(5);
    expect(await journal.append(warning)).toEqual({ ...warning, at: clock.now() });
    await journal.close();
    const read = await readJournal(files);
    expect(read.map((e) => e.kind)).toEqual(['opened', 'step', 'warning']);
    expect(read[2]).toEqual({ ...warning, at: clock.now() });
    expect(text(files).split('\n')).toHaveLength(4);
    expect((await openJournal(files, clock, '0.2.0')).events).toEqual(read);
  });

  it('has no events before the run wrote any', async () => {
    expect(await readJournal(memoryFiles())).toEqual([]);
  });

  it('holds fast steps back for a second or fifty lines, and everything else not at all', async () => {
    const files = memoryFiles();
    const clock = fakeClock();
    const { journal } = await openJournal(files, clock, '0.1.0');
    const written = async (): Promise<number[]> => steps(await readJournal(files));
    for (let n = 1; n < 50; n++) await journal.append(step(n));
    expect(await written()).toEqual([]);
    await journal.append(step(50));
    expect(await written()).toHaveLength(50);
    await journal.append(step(51));
    clock.advance(1000);
    expect(await written()).toHaveLength(50);
    await journal.append(step(52));
    expect(await written()).toHaveLength(52);
    await journal.append(step(53));
    await journal.append(warning);
    expect(await written()).toHaveLength(53);
    await journal.append(step(54));
    await journal.flush();
    expect(await written()).toHaveLength(54);
    await journal.append(step(55));
    await journal.close();
    expect(await written()).toHaveLength(55);
    await expect(journal.append(step(56))).rejects.toThrow('after close');
  });

  it('keeps the order of calls that do not wait for one another', async () => {
    const files = memoryFiles();
    const { journal } = await openJournal(files, fakeClock(), '0.1.0');
    await Promise.all([step(1), warning, step(2), warning, step(3)].map((event) => journal.append(event)));
    await journal.close();
    const kinds = (await readJournal(files)).map((e) => e.kind);
    expect(kinds).toEqual(['opened', 'step', 'warning', 'step', 'warning', 'step']);
  });

  it('drops a last line cut at any byte, and cuts it off before it writes on', async () => {
    const whole = memoryFiles();
    const { journal } = await openJournal(whole, fakeClock(), '0.1.0');
    await journal.append(warning);
    await journal.close();
    const bytes = whole.disk.get(JOURNAL);
    const first = OPENED.length + '1700000000000'.length - 1;
    expect(bytes?.[first - 1]).toBe(10);
    for (let length = 0; length < (bytes?.length ?? 0); length++) {
      const files = memoryFiles(new Map([[JOURNAL, bytes?.slice(0, length) ?? new Uint8Array(0)]]));
      expect((await readJournal(files)).map((e) => e.kind)).toEqual(length < first ? [] : ['opened']);
      const again = await openJournal(files, fakeClock(), '0.1.0');
      await again.journal.append(warning);
      expect((await readJournal(files)).map((e) => e.kind)).toEqual(['opened', 'warning']);
    }
  });

  it.each([
    ['a line that is not JSON', `${OPENED}{"kind":\n${OPENED}`, 'Line 2 of memory/events.jsonl is not JSON'],
    ['an empty line', `${OPENED}\n`, 'Line 2 of memory/events.jsonl is not JSON'],
    [
      'a line that is no event',
      `${OPENED}{"kind":"dance","at":1}\n`,
      'Line 2 of memory/events.jsonl is no event',
    ],
    ['an event with an unknown field', OPENED + OPENED.replace('}', ',"x":1}'), 'Line 2'],
    [
      'a first line of another kind',
      '{"kind":"warning","at":1}\n',
      'Line 1 of memory/events.jsonl does not open',
    ],
  ])('refuses %s and names the line', async (_, content, message) => {
    const files = memoryFiles();
    put(files, content);
    await expect(readJournal(files)).rejects.toMatchObject({
      code: 'journal-damaged',
      message: expect.stringContaining(message),
    });
    await expect(openJournal(files, fakeClock(), '0.1.0')).rejects.toMatchObject({ code: 'journal-damaged' });
  });

  it('refuses a line that is not UTF-8', async () => {
    const files = memoryFiles();
    files.disk.set(JOURNAL, new Uint8Array([...new TextEncoder().encode(OPENED), 0xff, 10]));
    await expect(readJournal(files)).rejects.toThrow('Line 2 of memory/events.jsonl is not JSON');
  });

  it('refuses a newer format with a hint, even where its first line has fields we do not know', async () => {
    const files = memoryFiles();
    put(files, '{"kind":"opened","at":1,"format":2,"app":"9","host":"x"}\n{"kind":"dance"}\n');
    await expect(readJournal(files)).rejects.toMatchObject({
      code: 'newer-format',
      hint: expect.stringContaining('Update Cellsmith'),
    });
  });

  it('refuses numbers that are not finite by name, and writes nothing that it could not read back', async () => {
    const files = memoryFiles();
    const { journal } = await openJournal(files, fakeClock(), '0.1.0');
    const diverged: NewRunEvent = {
      kind: 'step',
      phase: 'search',
      step: 1,
      epoch: 0,
      metrics: { trainLoss: NaN },
    };
    await expect(journal.append(diverged)).rejects.toMatchObject({
      code: 'not-finite',
      message: expect.stringContaining('metrics.trainLoss'),
    });
    await expect(journal.append({ ...warning, code: 1 } as unknown as NewRunEvent)).rejects.toThrow(
      'no event',
    );
    await journal.close();
    expect(await readJournal(files)).toHaveLength(1);
  });

  it('goes on after a full disk without a torn line in the middle, losing only the rejected event', async () => {
    const files = memoryFiles();
    const { journal } = await openJournal(files, fakeClock(), '0.1.0');
    await journal.append(step(1));
    files.faults.capacity = text(files).length + 150;
    await expect(journal.append(warning)).rejects.toMatchObject({ code: 'disk-full' });
    expect(steps(await readJournal(files))).toEqual([1]);
    files.faults.capacity = Infinity;
    await journal.append({ kind: 'paused', phase: 'search', step: 1 });
    expect((await readJournal(files)).map((e) => e.kind)).toEqual(['opened', 'step', 'paused']);
  });
});
