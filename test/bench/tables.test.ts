/** What stands in the tables of results. */
import { expect, it } from 'vitest';
import type { ExecutorResult } from '../../bench/executorChild.ts';
import type { PeerResult } from '../../bench/peers/pytorch.ts';
import { peersTable, resultsTable } from '../../bench/tables.ts';

const MIB = 2 ** 20;
const result = (executor: string, passMs: number): ExecutorResult => ({
  executor,
  passMs,
  stepMs: 5 * passMs,
  compiledPeakBytes: 100 * MIB,
  passPeakBytes: 200 * MIB,
  peakBytes: 400 * MIB,
  nodes: 7,
  compileMs: 8,
  params: 9,
});
const none = { executor: 'onnx-cuda', notAvailable: 'a reason' };
const cells = (table: string, line: number) => table.split('\n')[line].split(/ {2,}/);
const cell = (table: string, line: number, column: string) =>
  cells(table, line).at(cells(table, 0).indexOf(column) - cells(table, 0).length);

it('has executors that were measured, compared with the first of them, and those that were not', () => {
  const table = resultsTable([none, result('onnx-cpu', 40), result('wasm', 80)]);
  expect(cell(table, 1, 'steps/s')).toBe('5.00');
  expect(cell(table, 2, 'steps/s')).toBe('2.50');
  expect([cell(table, 2, 'pass peak MiB'), cell(table, 2, 'search peak MiB')]).toEqual(['200', '400']);
  expect(cells(table, 2).slice(0, 3)).toEqual(['wasm', '80', '2.00']);
  expect(table.split('\n').at(-1)).toBe('onnx-cuda: not available: a reason');
  expect(resultsTable([none])).toBe('onnx-cuda: not available: a reason');
});

it('has peers compared with the passes, not with the search, and what they take of a card', () => {
  const peer: PeerResult = {
    peer: 'pytorch',
    passMs: 80,
    peakBytes: 300 * MIB,
    devicePeakBytes: 0,
    params: 9,
    torch: '2.13.0',
    device: 'cpu',
    threads: 2,
  };
  const onCard = { ...peer, device: 'a card', devicePeakBytes: 50 * MIB };
  const missing = { peer: 'pytorch channels_last', notAvailable: 'a reason' };
  const table = peersTable(result('onnx-cpu', 40), [peer, onCard, missing]);
  expect([cell(table, 1, 'pass ÷ ours'), cell(table, 1, 'peak ÷ our pass peak')]).toEqual(['2.00', '1.50']);
  expect([cell(table, 2, 'peak ÷ our pass peak'), cell(table, 2, 'card MiB')]).toEqual(['–', '50']);
  expect([cell(table, 1, 'threads'), cell(table, 2, 'device')]).toEqual(['2', 'a card']);
  expect(table.split('\n').at(-1)).toBe('pytorch channels_last: not available: a reason');
  expect(cell(peersTable(undefined, [peer]), 1, 'pass ÷ ours')).toBe('–');
});
