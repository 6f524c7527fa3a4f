// Licences of all packages that come with the program, whether bundled or packed as they are.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The package that a file below node_modules belongs to, by the innermost such folder. */
export function packageOf(path) {
  const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path.replaceAll('\\', '/'));
  return match?.[1];
}

/** @param folders of packages, absolute @returns one text, packages by name */
export function licencesText(folders) {
  const entries = [...new Set(folders)].map((folder) => {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const files = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name));
    const texts = files.map((name) => readFileSync(join(folder, name), 'utf8').trim());
    // Some keep it in their README alone.
    if (texts.length === 0) texts.push(...readmeLicence(folder));
    const head = `${manifest.name} ${manifest.version} (${manifest.license ?? 'see its text'})`;
    const from = typeof manifest.repository === 'string' ? manifest.repository : manifest.repository?.url;
    return [head, ...(from === undefined ? [] : [from]), ...texts].join('\n\n');
  });
  const rule = `\n\n${'-'.repeat(80)}\n\n`;
  return `${entries.sort().join(rule)}\n`;
}

function readmeLicence(folder) {
  const file = join(folder, 'README.md');
  if (!existsSync(file)) return [];
  const [, section] =
    /^(?:#+ *licen[cs]e[^\n]*\n|licen[cs]e[^\n]*\n-+\n)([^]*?)(?=^#|$(?![^]))/im.exec(
      readFileSync(file, 'utf8'),
    ) ?? [];
  return section === undefined ? [] : [section.trim()];
}

/** Packages that the sources in a folder import by name; styles as well. */
export function importedPackages(folder) {
  const pattern = /(?:from|import|@import) +['"]((?:@[a-z0-9-]+\/)?[a-z][a-z0-9.-]*)[^'"]*['"]/g;
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(tsx?|css)$/.test(entry.name))
    .flatMap((entry) => [
      ...readFileSync(join(entry.parentPath ?? entry.path, entry.name), 'utf8').matchAll(pattern),
    ])
    .map(([, name]) => name);
}

/** All packages that `names` need at run time, found as Node finds them from `root`. */
export function withDependencies(root, names) {
  const folders = new Map();
  const visit = (name, from) => {
    const folder = findPackage(name, from);
    // Optional ones of other systems are not installed here.
    if (folder === undefined || folders.has(folder) || name.startsWith('@types/')) return;
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    folders.set(folder, manifest);
    const needed = { ...manifest.dependencies, ...manifest.optionalDependencies };
    Object.keys(needed).forEach((one) => visit(one, folder));
  };
  names.forEach((name) => visit(name, root));
  return [...folders.keys()];
}

function findPackage(name, from) {
  for (let at = from; ; at = join(at, '..')) {
    const folder = join(at, 'node_modules', name);
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (join(at, '..') === at) return undefined;
  }
}
