/** What is taken for TensorFlow's library, and what is told of everything else. */
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findLibrary } from '../../../headless/setup/found.ts';
import { expectLibrary, expectTensorflow } from '../../../headless/setup/libraryFile.ts';
import { failure } from '../../helpers/datasetBytes.ts';
import { fakeInstallation, fakeLibrary, writeFiles } from '../../helpers/fakeTensorflow.ts';

let folder = '';
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'cellsmith-library-'))));
afterAll(() => rm(folder, { recursive: true }));

const file = async (content: Uint8Array | string): Promise<string> => {
  const path = join(folder, 'file');
  await writeFile(path, content);
  return path;
};
const other = process.arch === 'arm64' ? 'x64' : 'arm64';
const changed = (at: number, value: number): Buffer => {
  const bytes = fakeLibrary();
  bytes[at] = value;
  return bytes;
};

describe('a library', () => {
  it('is taken where it is for this system and processor', async () => {
    await expect(expectLibrary(await file(fakeLibrary()))).resolves.toBeUndefined();
    await expect(expectLibrary(await file(fakeLibrary([], other)), { arch: other })).resolves.toBeUndefined();
  });

  it.each<[string, Uint8Array | string, string]>([
    ['an empty file', '', 'it is empty'],
    ['text', 'INPUT(libtensorflow.so.2)', 'it is no library for Linux'],
    ['a library for Windows', 'MZ\x90\0\x03', 'it is a library for Windows'],
    ['a library for macOS', Buffer.from('cffaedfe0c000001', 'hex'), 'it is a library for macOS'],
    ['a static library', '!<arch>\nfoo', 'it is a static library'],
    ['a wheel', Buffer.from('PK\x03\x04'), 'it is a zip archive; a wheel is given with --wheel'],
    ['an archive', Buffer.from('1f8b0800', 'hex'), 'it is a packed archive; one of libtensorflow'],
    ['one of another processor', fakeLibrary([], other), `it is for another processor (${other}), this one`],
    ['one of 32 bits', changed(4, 1), 'it is not for a 64-bit processor'],
    ['a program', changed(16, 2), 'it is not a shared library'],
    ['a torn head', fakeLibrary().subarray(0, 18), 'it is no library for Linux'],
  ])('is not %s', async (_name, content, words) => {
    const path = await file(content);
    const { code, message } = await failure(() => expectLibrary(path));
    expect(code).toBe('wrong-library');
    expect(message).toContain(`${path} cannot be used: ${words}`);
  });

  it('has to be there', async () => {
    expect((await failure(() => expectLibrary(join(folder, 'none')))).code).toBe('not-found');
  });

  it('is TensorFlow where its C interface is in it, wherever it stands', async () => {
    const before = 'x'.repeat((1 << 20) - 70);
    await expect(
      expectTensorflow(await file(fakeLibrary([before, 'TFE_NewContext']))),
    ).resolves.toBeUndefined();
    const { message } = await failure(async () =>
      expectTensorflow(await file(fakeLibrary(['TFE_NewContextual']))),
    );
    expect(message).toContain('it is a library, but not TensorFlow');
  });
});

describe('a folder', () => {
  it('may be that of libtensorflow, its lib, or the file; links are followed', async () => {
    const whole = await fakeInstallation(join(folder, 'whole'));
    const found = {
      source: 'here',
      libraries: [join(whole, 'lib/libtensorflow.so.2'), join(whole, 'lib/libtensorflow_framework.so.2')],
      headers: join(whole, 'include'),
      nvidia: undefined,
    };
    for (const path of [whole, join(whole, 'lib'), found.libraries[0]])
      expect(await findLibrary(path, 'here')).toEqual(found);
    await symlink(whole, join(folder, 'link'));
    expect(await findLibrary(join(folder, 'link'), 'here')).toMatchObject({ libraries: found.libraries });
  });

  it("may be Python's, with NVIDIA's libraries beside it", async () => {
    const site = join(folder, 'site-packages');
    await writeFiles(site, {
      'tensorflow/libtensorflow_cc.so.2': fakeLibrary(),
      'tensorflow/libtensorflow_framework.so.2': fakeLibrary([]),
      'tensorflow/include/tensorflow/c/c_api.h': '',
      'nvidia/cudnn/lib/libcudnn.so.9': fakeLibrary([]),
    });
    for (const path of [site, join(site, 'tensorflow')]) {
      expect(await findLibrary(path, '')).toMatchObject({
        libraries: [join(site, 'tensorflow/libtensorflow_cc.so.2'), expect.stringContaining('framework')],
        headers: join(site, 'tensorflow/include'),
        nvidia: join(site, 'nvidia'),
      });
    }
  });

  it('is refused without a library, and with a damaged framework', async () => {
    const { code, message } = await failure(() => findLibrary(folder, ''));
    expect([code, message]).toEqual([
      'wrong-library',
      expect.stringContaining('holds no TensorFlow library'),
    ]);
    const broken = await fakeInstallation(join(folder, 'broken'));
    await writeFile(join(broken, 'lib/libtensorflow_framework.so.2'), 'torn');
    expect((await failure(() => findLibrary(broken, ''))).message).toContain(
      'libtensorflow_framework.so.2 cannot',
    );
    expect((await failure(() => findLibrary(join(folder, 'none'), ''))).code).toBe('not-found');
  });
});
