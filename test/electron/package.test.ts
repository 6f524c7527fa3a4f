/** The packed application: what is in it, and that its programs work from there; built offline around a stand-in. */
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { extractAll, extractFile, listPackage, statFile } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { Arch, build, Platform } from 'electron-builder';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildDesktop, ROOT } from '../../electron/build.mjs';
import { cudaFolder } from '../../headless/host/cuda/setup.ts';
import { probeExecutor } from '../../headless/host/probe.ts';
import { app, callsOf, recorded } from './double/electron.ts';
import { ChannelDouble } from './double/ports.ts';
import { realUtility } from './double/utility.ts';
import { openPage } from './page.ts';
import { configuration, SMALL } from './packageConfig.ts';

vi.mock('electron', () => import('./double/electron.ts'));

/** As the fuses are written in Electron's program. */
const [ON, OFF] = ['1', '0'].map((state) => state.charCodeAt(0));
const MB = 2 ** 20;
const arch = process.arch === 'arm64' ? Arch.arm64 : Arch.x64;

let folder = '';
let packed = '';
let archive = '';
let files: readonly string[] = [];

beforeAll(async () => {
  // Inside the working copy: the bundles find package.json and packages from where they lie.
  await mkdir(join(ROOT, 'dist'), { recursive: true });
  folder = await mkdtemp(join(ROOT, 'dist', 'package-test-'));
  await buildDesktop(join(folder, 'electron'));
  // A small one in place of the window, which has tests of its own.
  await mkdir(join(folder, 'renderer', 'assets'), { recursive: true });
  await writeFile(join(folder, 'renderer', 'index.html'), '<!doctype html>');
  await writeFile(join(folder, 'renderer', 'assets', 'index-1a2b.js'), 'export {};');
  await writeFile(join(folder, 'renderer', 'assets', 'index-1a2b.js.map'), '{}');
  await build({
    projectDir: ROOT,
    config: await configuration(folder),
    targets: Platform.LINUX.createTarget('dir', arch),
    publish: 'never',
  });
  packed = join(folder, 'packages', arch === Arch.arm64 ? 'linux-arm64-unpacked' : 'linux-unpacked');
  archive = join(packed, 'resources', 'app.asar');
  files = listPackage(archive, { isPack: false }).map((path) => path.slice(1).replaceAll('\\', '/'));
}, 180_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const isFile = (path: string): boolean => !('files' in statFile(archive, path));

describe('the packed application', () => {
  it('holds the bundles, the preload script, the window and the licences', () => {
    const programs = ['main', 'library', 'registries', 'engine', 'data', 'setup', 'probe'];
    const needed = [...programs.map((name) => `${name}.js`), 'preload.cjs', 'LICENCES.txt'];
    expect(files).toEqual(
      expect.arrayContaining([
        ...needed.map((name) => `dist/electron/${name}`),
        // For setting up the CUDA provider.
        ...['', '-versions'].map((part) => `node_modules/onnxruntime-node/script/install-metadata${part}.js`),
        'dist/renderer/index.html',
        'dist/renderer/assets/index-1a2b.js',
        'package.json',
        'LICENSE',
      ]),
    );
    const manifest = JSON.parse(extractFile(archive, 'package.json').toString()) as Record<string, unknown>;
    const licences = extractFile(archive, 'dist/electron/LICENCES.txt').toString();
    for (const name of [
      'zod',
      'react',
      'cytoscape',
      'onnxruntime-node',
      '@img/sharp-libvips-linux',
      '@tensorflow/tfjs-core',
    ])
      expect(licences).toMatch(new RegExp(`^${name}[^ ]* [0-9.]+ \\(`, 'm'));
    expect(manifest).toMatchObject({
      main: 'dist/electron/main.js',
      type: 'module',
      version: expect.any(String),
    });
  });

  it('holds no other packages than the bundles leave out, and what those load', () => {
    const packages = files.flatMap(
      (file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(file)?.[1] ?? [],
    );
    const tensorflow = [
      'tfjs',
      'tfjs-backend-cpu',
      'tfjs-backend-wasm',
      'tfjs-backend-webgl',
      'tfjs-converter',
      'tfjs-node-gpu',
    ];
    const image = packages.filter((name) => name.startsWith('@img/'));
    expect(packages.filter((name) => !name.startsWith('@img/')).sort()).toEqual(
      [
        ...[...tensorflow, 'tfjs-core', 'tfjs-data', 'tfjs-layers'].map((name) => `@tensorflow/${name}`),
        ...[
          'detect-libc',
          'google-protobuf',
          'long',
          'onnxruntime-common',
          'onnxruntime-node',
          'seedrandom',
          'semver',
          'sharp',
        ],
      ].sort(),
    );
    expect(
      image.every((name) => /^@img\/(colour|sharp-(libvips-)?linux(musl)?-(x64|arm64))$/.test(name)),
    ).toBe(true);
  });

  it('holds no sources, maps, tests or documentation, and nothing of other systems', () => {
    const needless =
      /\.(map|tsx?|mts|cts|md\.ts|cc|h)$|(^|\/)(tests?|docs|core|headless|bench|coverage)\/|win32|darwin|\.electron-builder/;
    expect(files.filter((file) => needless.test(file) && isFile(file))).toEqual([]);
    expect(files.filter((file) => /^(?!dist\/|node_modules(\/|$))[^/]+/.test(file)).sort()).toEqual([
      'LICENSE',
      'dist',
      'package.json',
    ]);
  });

  it('keeps what native code opens outside the archive', async () => {
    const native = files.filter((file) => /\.(node|wasm|dll|dylib)$|\.so(\.|$)/.test(file));
    expect(native.map((file) => file.split('/').at(-1))).toEqual(
      expect.arrayContaining([
        'onnxruntime_binding.node',
        expect.stringMatching(/^libonnxruntime\.so/),
        expect.stringMatching(/^sharp-linux.*\.node$/),
        expect.stringMatching(/^libvips-cpp\.so/),
        'tfjs-backend-wasm-simd.wasm',
      ]),
    );
    for (const file of native) {
      expect(statFile(archive, file), file).toMatchObject({ unpacked: true });
      expect((await stat(join(`${archive}.unpacked`, file))).size, file).toBeGreaterThan(0);
    }
  });

  it('stays small', async () => {
    const unpacked = files.filter((file) => isFile(file) && 'unpacked' in statFile(archive, file));
    const sizes = await Promise.all(unpacked.map((file) => stat(join(`${archive}.unpacked`, file))));
    expect((await stat(archive)).size).toBeLessThan(20 * MB);
    expect(sizes.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(90 * MB);
  });

  it('has its fuses set', async () => {
    const wire = await getCurrentFuseWire(join(packed, 'cellsmith'));
    const on = [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, FuseV1Options.OnlyLoadAppFromAsar];
    const off = [
      FuseV1Options.RunAsNode,
      FuseV1Options.EnableCookieEncryption,
      FuseV1Options.EnableNodeOptionsEnvironmentVariable,
      FuseV1Options.EnableNodeCliInspectArguments,
      FuseV1Options.GrantFileProtocolExtraPrivileges,
    ];
    expect(on.map((fuse) => wire[fuse])).toEqual(on.map(() => ON));
    expect(off.map((fuse) => wire[fuse])).toEqual(off.map(() => OFF));
  });
});

describe('the packed programs', () => {
  it('answer a window, try executors, run an experiment, and go on after the engine was killed', async () => {
    // Electron reads inside the archive; Node does not.
    const unpacked = join(folder, 'app');
    extractAll(archive, unpacked);
    recorded.fork = realUtility;
    const { runDesktop } = await import('../../electron/main/desktop.ts');
    const home = join(folder, 'home');
    const paths = { programs: join(unpacked, 'dist/electron'), window: join(unpacked, 'dist/renderer') };
    await runDesktop({ home, ...paths });
    const { library, host } = openPage();

    const executors = await library.call('executors', {});
    const available = executors.filter((one) => one.available).map(({ id }) => id);
    // Where native TensorFlow was set up, the packed programs find it, too.
    const here = async (id: string): Promise<string[]> => ((await probeExecutor(id)).available ? [id] : []);
    const optional = [...(await here('onnx-webgpu')), ...(await here('tensorflow'))];
    expect(available).toEqual(['onnx-cpu', ...optional, 'wasm', 'cpu']);

    vi.stubEnv('CELLSMITH_TENSORFLOW', join(folder, 'tensorflow'));
    const setups = await library.call('setups', {});
    expect(setups.map(({ id, folder: at, refusal }) => [id, at, refusal?.code])).toEqual([
      ['onnx-cuda', cudaFolder(), expect.toBeOneOf([undefined, 'no-nvidia-driver', 'cuda-unsupported'])],
      ['tensorflow', join(folder, 'tensorflow'), undefined],
    ]);
    expect(setups[0].kinds[0].needed[0]).toMatchObject({
      what: expect.stringMatching(/Gpu\.Linux 1\./) as string,
    });
    // A compiler is of no use without the addon's sources, which are not packed.
    expect(setups[1].kinds[0].needed.at(-1)?.what).toContain('addon');
    vi.unstubAllEnvs();

    const checked = await library.call('checkConfig', { config: SMALL });
    if (!checked.ok) throw new Error(JSON.stringify(checked.issues));
    const states: string[] = [];
    let pid: number | undefined;
    const phases: string[] = [];
    host.on('process', (process) => {
      states.push(process.state.kind);
      phases.push(process.phase ?? '');
      pid = process.pid;
    });
    const { runId } = await host.call('startRun', {
      plan: { config: checked.config, phases: ['search', 'retrain', 'evaluate', 'export'] },
    });
    await vi.waitFor(() => expect(phases).toContain('retrain'), { timeout: 60_000, interval: 20 });
    const engine = recorded.utilities.find(({ program }) => program.endsWith('engine.js'));
    if (engine?.pid === undefined) throw new Error('no engine is at work');
    process.kill(engine.pid, 'SIGKILL');
    await vi.waitFor(() => expect(states).toContain('restarting'), { timeout: 10_000 });
    await vi.waitFor(() => expect(states.at(-1)).toBe('ended'), { timeout: 90_000, interval: 50 });
    expect(pid).toBeUndefined();

    const [run] = await library.call('runs', {});
    expect(run).toMatchObject({ id: runId, state: 'finished' });
    expect(run.exports.map(({ format, verified }) => [format, verified])).toEqual([
      ['onnx', true],
      ['tfjs', true],
    ]);

    app.quit();
    await vi.waitFor(() => expect(callsOf('app.quit')).toHaveLength(1), { timeout: 20_000 });
  }, 180_000);
});

it('tries an executor with what was just set up, where the message says that it lies', async () => {
  const made = join(folder, 'just made');
  await mkdir(made);
  await writeFile(join(made, 'tensorflow.json'), 'damaged');
  const { port1, port2 } = new ChannelDouble();
  const options = { serviceName: 'probe', stdio: [], env: process.env };
  const probe = realUtility(join(folder, 'app/dist/electron/probe.js'), [folder, 'probe'], options);
  const answer = new Promise((resolve) => port2.once('message', ({ data }) => resolve(data)));
  port2.start();
  probe.postMessage({ kind: 'host' }, [port1]);
  port2.postMessage({ executor: 'tensorflow', environment: { CELLSMITH_TENSORFLOW: made } });
  expect(await answer).toMatchObject({ available: false, reason: expect.stringContaining(made) as string });
  probe.kill();
}, 60_000);
