import { expect, it } from 'vitest';
import { folderOfRun, isRunFile } from '../../../core/runs/runPath.ts';

it('a run is named by its folder or by a file of it, on either kind of system', () => {
  expect(folderOfRun('/runs/demo')).toBe('/runs/demo');
  expect(folderOfRun(' /runs/demo/run.json ')).toBe('/runs/demo');
  expect(folderOfRun('C:\\runs\\demo\\events.jsonl')).toBe('C:\\runs\\demo');
  expect(folderOfRun('/run.json')).toBe('/');
  expect(folderOfRun('/runs/demo/report.html')).toBe('/runs/demo/report.html');
  expect(folderOfRun('demo')).toBe('demo');
  expect(folderOfRun('run.json')).toBe('.');
});

it('other files stand for no run', () => {
  expect(['run.json', 'RUN.JSON', 'events.jsonl'].map(isRunFile)).toEqual([true, true, true]);
  expect(['experiment.json', 'my-run.json', 'events.jsonl.gz'].map(isRunFile)).toEqual([false, false, false]);
});
