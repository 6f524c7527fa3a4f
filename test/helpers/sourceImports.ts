/** What the source files of this repository import, read from their syntax trees. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** The repository's root folder. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

export interface Import {
  /** A file of the repository by its path from the root, or `npm:zod`, or `node:fs`. */
  readonly to: string;
  /** True when nothing of it is left at run time. */
  readonly typeOnly: boolean;
}

/** Imports by file, both as paths from the root with forward slashes. */
export type ImportGraph = ReadonlyMap<string, readonly Import[]>;

/** All files below `folder` whose names match, as sorted paths from the root. */
export function filesBelow(folder: string, name: RegExp = /./): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => posix.join(folder, path.replaceAll('\\', '/')))
    .filter((path) => name.test(posix.basename(path)) && statSync(join(root, path)).isFile())
    .sort();
}

/** Reads the imports of every TypeScript file below the folders. */
export function readImports(folders: readonly string[]): ImportGraph {
  const files = folders.flatMap((folder) => filesBelow(folder, /\.(tsx?|mjs)$/));
  return new Map(files.map((file) => [file, importsOf(file, readFileSync(join(root, file), 'utf8'))]));
}

/** The imports of one file: static, re-exported, dynamic and in types. */
export function importsOf(file: string, text: string): Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean) => {
    if (specifier === undefined) return;
    // An address that is not a literal cannot be checked, so no row of any table may allow it.
    const to = ts.isStringLiteralLike(specifier)
      ? resolve(file, specifier.text)
      : `computed:${specifier.getText()}`;
    found.push({ to, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    } else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, true);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return found;
}

function resolve(from: string, specifier: string): string {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier);
  if (specifier.startsWith('node:')) return specifier;
  const parts = specifier.split('/');
  return `npm:${parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/')}`;
}

/** How `file` comes to load what `wanted` accepts at run time: the shortest way, or undefined when it never does. */
export function loadingPath(
  graph: ImportGraph,
  file: string,
  wanted: (file: string) => boolean,
): readonly string[] | undefined {
  const seen = new Set([file]);
  const open: string[][] = [[file]];
  for (const path of open) {
    const last = path[path.length - 1];
    if (wanted(last)) return path;
    for (const { to, typeOnly } of graph.get(last) ?? []) {
      if (typeOnly || seen.has(to)) continue;
      seen.add(to);
      open.push([...path, to]);
    }
  }
  return undefined;
}

/** Circles of imports, each as the files along it; imports of types close a circle too. */
export function importCycles(graph: ImportGraph): string[][] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  const walk = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) cycles.push([...path.slice(at), file]);
    if (at >= 0 || done.has(file)) return;
    for (const { to } of graph.get(file) ?? []) if (graph.has(to)) walk(to, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) walk(file, []);
  return cycles;
}
