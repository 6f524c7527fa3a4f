/** What only a desktop can do: dialogs, the file manager within runs, the theme of the frame. */
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { hostActions } from '../../../electron/main/hostActions.ts';
import type { CallContext } from '../../../core/protocol/rpc.ts';
import { BrowserWindow, callsOf, nativeTheme, recorded, resetElectron } from '../double/electron.ts';

vi.mock('electron', () => import('../double/electron.ts'));

const CONTEXT: CallContext = { signal: new AbortController().signal, progress: () => undefined };
let home = '';

beforeEach(resetElectron);
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'cellsmith-actions-'));
  for (const folder of [join('runs', 'pets', 'exports'), join('runs', 'pets-secret'), 'notes', 'elsewhere']) {
    await mkdir(join(home, folder), { recursive: true });
  }
  for (const file of [
    'runs/pets/run.json',
    'runs/pets/exports/a.onnx',
    'elsewhere/run.json',
    'notes/a.txt',
  ]) {
    await writeFile(join(home, file), '{}');
  }
  await symlink(join(home, 'notes', 'a.txt'), join(home, 'runs', 'pets', 'link.txt'));
});
afterAll(() => rm(home, { recursive: true }));

const reveal = async (runId: string, path: string): Promise<void> =>
  hostActions(home).reveal({ runId, path }, CONTEXT);
const chooseFolder = async (from?: string) =>
  hostActions(home).chooseFolder({ title: 'Images', ...(from === undefined ? {} : { from }) }, CONTEXT);

describe('a folder', () => {
  it('is chosen in a dialog of the system that begins where it should', async () => {
    expect(await chooseFolder('/data')).toEqual({ path: '/chosen' });
    expect(await chooseFolder()).toEqual({ path: '/chosen' });
    expect(callsOf('dialog.showOpenDialog')).toEqual([
      [expect.objectContaining({ title: 'Images', defaultPath: '/data' })],
      [expect.objectContaining({ defaultPath: home })],
    ]);
    expect(callsOf('dialog.showOpenDialog')[0][0]).toMatchObject({
      properties: expect.arrayContaining(['openDirectory']),
    });
  });

  it('is asked for at the window that is looked at', async () => {
    const window = new BrowserWindow({});
    window.focus();
    await chooseFolder('/data');
    expect(callsOf('dialog.showOpenDialog')[0][0]).toBe(window);
  });

  it('is none when the person cancels', async () => {
    recorded.dialogAnswer = { canceled: true, filePaths: [] };
    expect(await chooseFolder()).toEqual({});
  });
});

describe('the file manager', () => {
  it.each([
    ['pets', 'exports/a.onnx'],
    ['pets', ''],
  ])('shows of the run %s the file %s', async (runId, path) => {
    await reveal(runId, path);
    expect(callsOf('shell.showItemInFolder')).toEqual([[join(home, 'runs', runId, path)]]);
  });

  it('shows runs that lie elsewhere', async () => {
    await reveal(join(home, 'elsewhere'), 'run.json');
    expect(callsOf('shell.showItemInFolder')).toEqual([[join(home, 'elsewhere', 'run.json')]]);
  });

  it.each([
    ['leads out', 'pets', '../../notes/a.txt', 'bad-path'],
    ['leads to a neighbour', 'pets', '../pets-secret', 'bad-path'],
    ['is absolute', 'pets', '/etc/passwd', 'bad-path'],
    ['leads out by a link', 'pets', 'link.txt', 'bad-path'],
    ['holds a zero', 'pets', 'a\0b', 'bad-path'],
    ['is not there', 'pets', 'exports/b.onnx', 'not-found'],
    ['is of no run', 'pets-secret', '', 'not-found'],
    ['is of a folder that is none of a run', '/etc', 'passwd', 'not-found'],
    ['names no run', '../notes', 'a.txt', 'bad-run-id'],
  ])('shows nothing that %s', async (_what, runId, path, code) => {
    await expect(reveal(runId, path)).rejects.toMatchObject({ code });
    expect(callsOf('shell.showItemInFolder')).toEqual([]);
  });
});

describe('links and theme', () => {
  it('opens links that are known, in the browser', async () => {
    await hostActions(home).openExternal({ url: 'https://arxiv.org/abs/1806.09055' }, CONTEXT);
    expect(callsOf('shell.openExternal')).toEqual([['https://arxiv.org/abs/1806.09055']]);
    await expect(
      hostActions(home).openExternal({ url: 'https://example.org' }, CONTEXT),
    ).rejects.toMatchObject({
      code: 'bad-link',
    });
  });

  it.each(['dark', 'light', 'system'] as const)('draws the frame %s', async (theme) => {
    await hostActions(home).setTheme({ theme }, CONTEXT);
    expect(nativeTheme.themeSource).toBe(theme);
  });
});

describe('graphics cards', () => {
  it('are those that Electron tells of, and none where it refuses', async () => {
    expect(await hostActions(home).graphics({}, CONTEXT)).toEqual([]);
    recorded.graphics = { gpuDevice: [{ deviceString: 'Radeon 780M', driverVersion: '24.2' }] };
    expect(await hostActions(home).graphics({}, CONTEXT)).toEqual([{ name: 'Radeon 780M', driver: '24.2' }]);
  });
});
