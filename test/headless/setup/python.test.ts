/** TensorFlow from Python, which here is a script that knows what it will be asked; and what can be asked for. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  download as downloadWheels,
  downloadedTensorflow,
  findPython,
  installedTensorflow,
} from '../../../headless/setup/python.ts';
import { hasNvidiaDriver, sourcesOf } from '../../../headless/setup/sources.ts';
import { failure } from '../../helpers/datasetBytes.ts';
import { fakeLibrary, script, wheelBytes, writeFiles } from '../../helpers/fakeTensorflow.ts';

let folder = '';
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'cellsmith-python-'))));
afterEach(() => rm(folder, { recursive: true }));

const LIBRARIES = {
  'tensorflow/libtensorflow_cc.so.2': fakeLibrary(),
  'tensorflow/libtensorflow_framework.so.2': fakeLibrary([]),
};

describe('an installed TensorFlow', () => {
  it('is used where it lies', async () => {
    await writeFiles(folder, LIBRARIES);
    const python = await script(
      folder,
      'python',
      `echo ${folder}/tensorflow; echo 2.99.0; echo tensorflow-cpu`,
    );
    expect(await installedTensorflow(python, false)).toMatchObject({
      source: `TensorFlow 2.99.0 installed for ${python}`,
      libraries: [join(folder, 'tensorflow/libtensorflow_cc.so.2'), expect.any(String)],
    });
  });

  it('is left where it knows the processor only, and is wanted for a card', async () => {
    await writeFiles(folder, LIBRARIES);
    const of = (name: string) =>
      script(folder, `python of ${name}`, `echo ${folder}/tensorflow; echo 2.99.0; echo ${name}`);
    const { code, message } = await failure(async () =>
      installedTensorflow(await of('tensorflow_cpu'), true),
    );
    expect([code, message]).toEqual(['no-tensorflow-in-python', expect.stringContaining('processor only')]);
    await expect(installedTensorflow(await of('tensorflow'), true)).resolves.toBeDefined();
  });

  it('may not be there, nor Python', async () => {
    const silent = await script(folder, 'silent', 'exit 0');
    expect((await failure(() => installedTensorflow(silent, false))).code).toBe('no-tensorflow-in-python');
    const failing = await script(folder, 'failing', 'echo /; exit 1');
    expect((await failure(() => installedTensorflow(failing, false))).code).toBe('no-tensorflow-in-python');
    expect(await findPython(silent)).toBe(silent);
    expect((await failure(() => findPython(failing))).code).toBe('no-python');
    const none = await failure(() => findPython(join(folder, 'none')));
    expect([none.code, none.message]).toEqual(['no-python', expect.stringContaining('none is no Python')]);
  });
});

describe('pip', () => {
  /** Notes what it is asked for, and copies the wheels whose names begin as the packages do that are asked for. */
  const pip = (): Promise<string> =>
    script(
      folder,
      'python',
      `[ "$3" = --version ] && exit 0
       echo "$@" >> ${folder}/asked
       for word; do
         [ "$before" = --dest ] && dest=$word
         case "$word" in
           tensorflow-cpu==*) cp ${folder}/index/tensorflow_cpu-* "$dest" ;;
           tensorflow==*) cp ${folder}/index/tensorflow-* "$dest" ;;
           nvidia-cudnn*) cp ${folder}/index/nvidia_cudnn* "$dest" ;;
         esac
         before=$word
       done`,
    );
  const download = async (cpu: boolean) => {
    await writeFiles(folder, { 'downloads/other.txt': '' });
    const where = { downloads: join(folder, 'downloads'), into: join(folder, 'into') };
    return downloadedTensorflow(await pip(), { cpu, ...where, onProgress: () => undefined });
  };
  const metadata = 'Requires-Dist: nvidia-cudnn-cu12<10.0,>=9.3; extra == "and-cuda"\n';

  it('downloads a wheel for the processor, whichever Python it is of', async () => {
    await writeFiles(folder, {
      'index/tensorflow_cpu-2.21.0-cp311.whl': wheelBytes(LIBRARIES, { metadata }),
    });
    const found = await download(true);
    expect(found.libraries[0]).toBe(join(folder, 'into/deps/lib/libtensorflow_cc.so.2'));
    expect(found.nvidia).toBeUndefined();
    const asked = (await readFile(join(folder, 'asked'), 'utf8')).trim().split('\n');
    expect(asked).toEqual([expect.stringMatching(/^-m pip download --no-deps .* tensorflow-cpu==2\.21\.0$/)]);
    expect(asked[0]).toContain('--python-version 3.11');
  });

  it('downloads for cards what the wheel says of NVIDIA', async () => {
    await writeFiles(folder, {
      'index/tensorflow-2.21.0-cp311.whl': wheelBytes(LIBRARIES, { metadata }),
      'index/nvidia_cudnn_cu12-9.whl': wheelBytes({ 'nvidia/cudnn/lib/libcudnn.so.9': fakeLibrary([]) }),
    });
    expect((await download(false)).nvidia).toBe(join(folder, 'into/deps/nvidia'));
    expect(await readdir(join(folder, 'into/deps/nvidia/cudnn/lib'))).toEqual(['libcudnn.so.9']);
    expect(await readFile(join(folder, 'asked'), 'utf8')).toMatch(/ nvidia-cudnn-cu12<10\.0,>=9\.3\n$/);
  });

  it('is read where it counts bytes, which a newer one does', async () => {
    const said: string[] = [];
    const python = (version: string) =>
      script(
        folder,
        'python',
        `[ "$3" = --version ] && { echo "pip ${version} from /lib"; exit 0; }
         case "$*" in *"bar raw"*) bytes=" Progress 1500000 of 9000000";; esac
         echo "Downloading https://x/y/a-1.whl (9.0 MB)"; echo $bytes`,
      );
    for (const version of ['23.2.1', '24.1', '26.0']) {
      const onProgress = (...words: unknown[]) => said.push(words.join(' '));
      await downloadWheels(await python(version), ['a'], folder, { onProgress });
    }
    const [begun, named] = ['downloading a 0 0', 'Downloading https://x/y/a-1.whl (9.0 MB) 0 0'];
    const counted = 'downloading a-1.whl, MB 2 9';
    expect(said).toEqual([begun, named, begun, named, counted, begun, named, counted]);
  });

  it('fails in its own words', async () => {
    const python = await script(folder, 'python', 'echo "ERROR: No matching distribution." >&2; exit 1');
    const where = { downloads: folder, into: folder, cpu: true, onProgress: () => undefined };
    const { code, message } = await failure(() => downloadedTensorflow(python, where));
    expect(code).toBe('pip-failed');
    expect(message).toContain('could not download TensorFlow: No matching distribution.');
    const silent = await script(folder, 'python', 'exit 3');
    expect((await failure(() => downloadedTensorflow(silent, where))).message).toContain(
      'it ended with code 3',
    );
    const empty = await script(folder, 'python', 'exit 0');
    expect((await failure(() => downloadedTensorflow(empty, where))).message).toContain('it left no wheel');
  });
});

describe('what can be asked for', () => {
  const titles = (wanted: Parameters<typeof sourcesOf>[0]) => sourcesOf(wanted).map(({ title }) => title);

  it('is one source, or where none is named all that need no answer, in order', () => {
    expect(titles({ cpu: true })).toEqual([
      'TensorFlow installed for Python',
      'TensorFlow 2.21.0 by pip',
      expect.stringMatching(/libtensorflow-cpu-linux-x86_64\.tar\.gz$/),
    ]);
    expect(titles({ cpu: false })[2]).toContain('libtensorflow-gpu');
    expect(titles({ cpu: true, archive: true })).toEqual([titles({ cpu: true })[2]]);
    expect(titles({ cpu: true, archive: 'mine.tar.gz' })).toEqual(['mine.tar.gz']);
    expect(titles({ cpu: false, official: true })).toEqual([
      "libtensorflow 2.9.1, of TensorFlow.js' release",
    ]);
    expect(titles({ cpu: true, installed: true })).toEqual(['TensorFlow installed for Python']);
    expect(titles({ cpu: true, pip: true })).toEqual(['TensorFlow 2.21.0 by pip']);
  });

  it('is for a card where there is a driver', async () => {
    await writeFiles(folder, { version: '' });
    expect(await hasNvidiaDriver([join(folder, 'none'), join(folder, 'version')])).toBe(true);
    expect(await hasNvidiaDriver([join(folder, 'none')])).toBe(false);
  });

  it('is not two at once', async () => {
    const { code, message } = await failure(() => sourcesOf({ cpu: true, pip: true, library: '/opt' }));
    expect([code, message]).toEqual(['bad-usage', 'There can be one source only, not --library and --pip.']);
  });

  it('is a file or an address, and no address that is none', async () => {
    for (const archive of ['https:', 'http://', 'ftp://a.b/c.tar.gz', 'https://a b/c'])
      expect(await failure(() => sourcesOf({ cpu: true, archive }))).toMatchObject({
        code: 'bad-usage',
        message: `--archive: '${archive}' is no address of the web.`,
      });
    for (const archive of ['https://a.b/c.tar.gz', 'HTTP://a.b/c', 'http.tar.gz'])
      expect(titles({ cpu: true, archive })).toEqual([archive]);
  });

  it('is a wheel with the checksum that is asked for', async () => {
    const wheel = join(folder, 'a.whl');
    await writeFile(wheel, wheelBytes(LIBRARIES));
    const [source] = sourcesOf({ cpu: true, wheel: [wheel] });
    const where = { downloads: folder, onProgress: () => undefined };
    const refused = await failure(() =>
      source.get(join(folder, 'into'), { ...where, sha256: '0'.repeat(64) }),
    );
    expect(refused.code).toBe('wrong-checksum');
    await expect(source.get(join(folder, 'into'), where)).resolves.toMatchObject({ source: 'a.whl' });
    const [none] = sourcesOf({ cpu: true, wheel: [join(folder, 'none.whl')] });
    expect((await failure(() => none.get(folder, where))).code).toBe('not-found');
  });
});
