import { describe, expect, it } from 'vitest';
import { genotypes } from '../../../../core/searchSpace/library.ts';
import { layeredLayout } from '../../../../renderer/studio/graph/layeredLayout.ts';
import { routeOf, sizeOf } from '../../../../renderer/studio/graph/parts.ts';
import { cellElements } from '../../../../renderer/studio/model/cellElements.ts';
import type { SvgLook } from '../../../../renderer/studio/model/drawSvg.ts';
import { drawSvg } from '../../../../renderer/studio/model/drawSvg.ts';

const colours = { separable: '#1', dilated: '#2', convolution: '#3', pooling: '#4', skip: '#5', none: '#6' };
const dashes = { separable: [], dilated: [9, 3], convolution: [2], pooling: [5, 3], skip: [2, 3], none: [1] };
const look: SvgLook = {
  card: '#fff',
  shade: '#eee',
  ink: '#000',
  soft: '#888',
  trunk: '#999',
  families: colours,
  dashes,
  font: 'Inter, sans-serif',
};

function drawn(title = 'Normal cell'): string {
  const { normal } = genotypes.get('E2RNAS_CIFAR10').genotype;
  const layout = layeredLayout(normal);
  const { states, operations, lines } = cellElements('normal', normal);
  return drawSvg(
    title,
    'a cell',
    [
      ...states.map(({ id, kind, name }) => ({ kind, label: name, ...layout.positions[id], ...sizeOf(id) })),
      ...operations.map(({ id, name, family }) => ({
        kind: 'operation' as const,
        label: `${name}\nα 0.2`,
        family,
        ...layout.positions[id],
        ...sizeOf(id),
      })),
    ],
    lines.map((line) => ({
      kind: line.kind,
      route: routeOf(line, layout.positions, layout, () => false),
      ...(line.family === undefined ? {} : { family: line.family }),
    })),
    look,
  );
}

describe('the SVG file of a cell', () => {
  it('stands by itself: no class, no style sheet, nothing from elsewhere', () => {
    const text = drawn();
    expect(
      text.startsWith('<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg"'),
    ).toBe(true);
    expect(text).not.toMatch(/class=|<style|href=|var\(--|NaN|undefined|Infinity/);
  });

  it('closes every element that it opens', () => {
    const open: string[] = [];
    for (const [, end, name, self] of drawn().matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)) {
      if (self === '/') continue;
      if (end === '/') expect(open.pop()).toBe(name);
      else open.push(name);
    }
    expect(open).toEqual([]);
  });

  it('holds all operations and lines, with the dashes of their family', () => {
    const text = drawn();
    expect(text.match(/max pool 3×3/g)).toHaveLength(5);
    expect(text.match(/α 0\.2/g)).toHaveLength(8);
    // Five poolings: two lines and a box each.
    expect(text.match(/stroke-dasharray="5 3"/g)).toHaveLength(15);
  });

  it('lies inside its frame', () => {
    const text = drawn();
    const [, left, top, width, height] = (/viewBox="(\S+) (\S+) (\S+) (\S+)"/.exec(text) ?? []).map(Number);
    for (const [, x, y] of text.matchAll(/<text x="(\S+)" y="(\S+)"/g)) {
      expect(Number(x)).toBeGreaterThan(left);
      expect(Number(x)).toBeLessThan(left + width);
      expect(Number(y)).toBeGreaterThan(top);
      expect(Number(y)).toBeLessThan(top + height);
    }
  });

  it('takes a name with signs of XML as text', () => {
    expect(drawn('<b> & "c"')).toContain('<title>&lt;b&gt; &amp; &quot;c&quot;</title>');
  });
});
