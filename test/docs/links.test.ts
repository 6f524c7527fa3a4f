/** Links between the pages lead somewhere, pictures are there, small, and shown. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../helpers/sourceImports.ts';

const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'ARCHITECTURE.md'],
  ...readdirSync(join(root, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
];
const textOf = (page: string): string => readFileSync(join(root, page), 'utf8');
/** A repository that is cloned by many holds no large pictures. */
const LARGEST_BYTES = 150 * 1024;

interface Link {
  readonly page: string;
  readonly to: string;
  readonly isPicture: boolean;
}

const links: readonly Link[] = pages.flatMap((page) => {
  const prose = textOf(page).replace(/^```[\s\S]*?^```/gm, '');
  return [...prose.matchAll(/(!?)\[[^\]]*\]\(([^)\s]+)\)/g)].map(([, mark, to]) => ({
    page,
    to,
    isPicture: mark === '!',
  }));
});
const inside = links.filter(({ to }) => !/^https?:/.test(to));
const fileOf = ({ page, to }: Link): string => {
  const [path] = to.split('#');
  return path === '' ? page : join(dirname(page), path);
};

/** What a heading is called in an address. */
function anchors(page: string): readonly string[] {
  return [...textOf(page).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  );
}

describe('the pages', () => {
  it('link to files that are there', () => {
    expect(inside.length).toBeGreaterThan(30);
    const lost = inside.filter((link) => !existsSync(join(root, fileOf(link))));
    expect(lost.map(({ page, to }) => `${page}: ${to}`)).toEqual([]);
  });

  it('link to headings that are there', () => {
    const withAnchor = inside.filter((link) => link.to.includes('#') && fileOf(link).endsWith('.md'));
    expect(withAnchor.length).toBeGreaterThan(5);
    const lost = withAnchor.filter((link) => !anchors(fileOf(link)).includes(link.to.split('#')[1]));
    expect(lost.map(({ page, to }) => `${page}: ${to}`)).toEqual([]);
  });

  it('show every picture, each small enough', () => {
    const folder = join(root, 'docs/images');
    const shown = new Set(links.filter(({ isPicture }) => isPicture).map(fileOf));
    const pictures = readdirSync(folder).map((name) => relative(root, join(folder, name)));
    expect(pictures.filter((path) => !shown.has(path))).toEqual([]);
    expect(pictures.filter((path) => statSync(join(root, path)).size > LARGEST_BYTES)).toEqual([]);
  });
});
