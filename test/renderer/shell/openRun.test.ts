import { expect, it } from 'vitest';
import { CellsmithError } from '../../../core/base/errors.ts';
import { attachServices } from '../../../renderer/api/services.ts';
import { openIfRun, openRun } from '../../../renderer/shell/openRun.ts';

/** @param refusal what the library says of every folder; undefined = it is a run */
function library(refusal?: string): readonly unknown[] {
  const asked: unknown[] = [];
  const client = {
    call: (_name: string, params: unknown) => {
      asked.push(params);
      return refusal === undefined
        ? Promise.resolve({ runId: '/away/demo' })
        : Promise.reject(new CellsmithError(refusal, 'no', ''));
    },
    on: () => () => undefined,
    closed: Promise.resolve(),
    close: () => undefined,
  };
  attachServices(client as never, client as never);
  return asked;
}

it('a run is listed by the folder around its file, and its page told', async () => {
  const asked = library();
  expect(await openRun('/away/demo/events.jsonl')).toBe('/run/%2Faway%2Fdemo/watch');
  expect(await openIfRun('/away/demo')).toBe('/run/%2Faway%2Fdemo/watch');
  expect(asked).toEqual([{ folder: '/away/demo' }, { folder: '/away/demo' }]);
});

it('a folder that is no run may be something else; what is wrong with a run is told', async () => {
  library('not-a-run');
  expect(await openIfRun('/pictures')).toBeUndefined();
  await expect(openRun('/pictures')).rejects.toMatchObject({ code: 'not-a-run' });
  library('run-damaged');
  await expect(openIfRun('/away/demo')).rejects.toMatchObject({ code: 'run-damaged' });
});
