import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readImports, root } from './helpers/sourceImports.ts';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const versions = z.record(z.string(), z.string()).default({});
const groups = {
  dependencies: versions,
  devDependencies: versions,
  optionalDependencies: versions,
};
const manifest = z
  .object({
    name: z.string(),
    version: z.string(),
    license: z.string(),
    bin: z.record(z.string(), z.string()),
    allowScripts: z.record(z.string(), z.boolean()),
    overrides: versions,
    ...groups,
  })
  .parse(JSON.parse(read('package.json')));
const locked = z
  .object({
    version: z.string(),
    lockfileVersion: z.literal(3),
    packages: z.record(
      z.string(),
      z.object({
        version: z.string(),
        integrity: z.string().optional(),
        hasInstallScript: z.boolean().default(false),
        ...groups,
      }),
    ),
  })
  .parse(JSON.parse(read('package-lock.json')));
const { '': top, ...packages } = locked.packages;
const groupNames = ['dependencies', 'devDependencies', 'optionalDependencies'] as const;
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

describe('package.json', () => {
  it('names exact versions only, so that everyone runs the same code', () => {
    const all = [...groupNames.map((group) => manifest[group]), manifest.overrides].flatMap(Object.entries);
    expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it('lists as a dependency each package that the engine and its host load', () => {
    // What bundles them is there wherever something is built.
    const imported = [...readImports(['core', 'headless'])]
      .filter(([file]) => file !== 'headless/loading/build.mjs')
      .flatMap(([, imports]) => imports)
      .filter(({ to, typeOnly }) => to.startsWith('npm:') && !typeOnly)
      .map(({ to }) => to.slice('npm:'.length));
    const known = { ...manifest.dependencies, ...manifest.optionalDependencies };
    expect([...new Set(imported)].filter((name) => !(name in known))).toEqual([]);
  });

  it('points to files that are there', () => {
    expect(Object.values(manifest.bin).filter((path) => !existsSync(join(root, path)))).toEqual([]);
    expect(read('LICENSE')).toContain(`${manifest.license} License`);
  });

  it('says for each install script of a package whether it may run, and of no others', () => {
    const withScript = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript);
    const names = new Set(withScript.map(([path]) => nameOf(path)));
    expect(Object.keys(manifest.allowScripts).sort()).toEqual([...names].sort());
    // npm before 11 does not know the list: it must run none of them.
    expect(read('.npmrc')).toMatch(/^ignore-scripts=true$/m);
  });

  it('overrides only packages that are installed, and with the version that is', () => {
    const installed = Object.entries(packages).map(([path, { version }]) => `${nameOf(path)}@${version}`);
    const overridden = Object.entries(manifest.overrides).map(([name, version]) => `${name}@${version}`);
    expect(overridden.filter((name) => !installed.includes(name))).toEqual([]);
  });
});

describe('package-lock.json', () => {
  it('belongs to this package.json', () => {
    expect(locked.version).toBe(manifest.version);
    for (const group of groupNames) expect(top[group]).toEqual(manifest[group]);
    const wanted = groupNames.flatMap((group) => Object.entries(manifest[group]));
    const other = wanted.filter(([name, version]) => packages[`node_modules/${name}`]?.version !== version);
    expect(other).toEqual([]);
  });

  it('has a checksum for every package', () => {
    const without = Object.entries(packages).filter(([, { integrity }]) => !integrity?.startsWith('sha512-'));
    expect(without.map(([path]) => path)).toEqual([]);
  });

  it('has every package that another one needs, for each platform', () => {
    const found = (path: string, name: string): boolean => {
      if (`${path}${path && '/'}node_modules/${name}` in packages) return true;
      return path !== '' && found(path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/'))), name);
    };
    const missing = Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
      Object.keys({ ...dependencies, ...optionalDependencies })
        .filter((name) => !found(path, name))
        .map((name) => `${path} needs ${name}`),
    );
    expect(missing).toEqual([]);
  });
});

/** The files under version control, or undefined where there is none to ask. */
function trackedFiles(): string[] | undefined {
  try {
    const list = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8', stdio: 'pipe' });
    return list.split('\0').filter((path) => path !== '' && existsSync(join(root, path)));
  } catch {
    return undefined;
  }
}
const tracked = trackedFiles();

describe('the files under version control', () => {
  const files = tracked ?? [];

  it('include a README.md in each folder at the top and in each part of the engine and its host', ({
    skip,
  }) => {
    skip(tracked === undefined, 'git cannot list the files here');
    const folders = files
      .flatMap((path) => [/^[^/.][^/]*(?=\/)/.exec(path), /^(core|headless)\/[^/]+(?=\/)/.exec(path)])
      .flatMap((match) => match?.[0] ?? []);
    const bare = [...new Set(folders)].filter((folder) => !files.includes(`${folder}/README.md`));
    expect(bare.sort()).toEqual([]);
  });

  it('speak of the software only', ({ skip }) => {
    skip(tracked === undefined, 'git cannot list the files here');
    // Each word is written with a gap, or this list would find itself.
    const gapped = [
      ...[
        'C EO',
        'clau de',
        'anthro pic',
        'chat gpt',
        'open ai',
        'co pilot',
        'large language mod el',
        'sub agent',
      ],
      ...['AI assist ant', 'AI-gen erated', 'co-authored-b y', 'this work place', 'prompt engin eering'],
      ...['/wor k/', 'shared/des ign', 'proto type-trace', 'architecture br ief', 'TO DO', 'FIX ME'],
    ];
    const words = gapped.map((word) => {
      const at = word.lastIndexOf(' ');
      return word.slice(0, at) + word.slice(at + 1);
    });
    const pattern = new RegExp(`(?<![\\w])(${words.join('|')})`, 'i');
    expect(words.filter((word) => !pattern.test(`a ${word}`))).toEqual([]);
    const found = files
      .filter((path) => path !== 'package-lock.json')
      .map((path) => ({ path, text: read(path) }))
      .filter(({ text }) => !text.includes('\0'))
      .flatMap(({ path, text }) => {
        const match = pattern.exec(`${path}\n${text}`);
        return match === null ? [] : [`${path}: ${match[0]}`];
      });
    expect(found).toEqual([]);
  });
});
