import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { renderReport } from '../../../core/report/index.ts';
import { PAGE_SCRIPT, PAGE_SCRIPT_HASH } from '../../../core/report/script.ts';
import type { Phase, RunEvent } from '../../../core/runs/events.ts';
import { SEARCH_STEPS, manifest, reportEvents } from '../../fixtures/reportEvents.ts';
import { byId, elementsOf, readPage, textOf } from './readPage.ts';

const events = reportEvents();
const html = renderReport(events, manifest);
const page = readPage(html);
const section = (id: string, of = page): string => textOf(byId(of, id));
const pageOf = (phases: readonly Phase[]) => readPage(renderReport(reportEvents(phases), manifest));

describe('the page', () => {
  it('is well-formed, with unique ids and references that lead somewhere', () => {
    const all = elementsOf(page);
    const ids = all.flatMap(({ attributes }) => attributes.get('id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const named = ['aria-labelledby', 'aria-describedby', 'for', 'href'].flatMap((key) =>
      all.flatMap(({ attributes }) => attributes.get(key)?.replace('#', '') ?? []),
    );
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('names every drawing or hides it from those who cannot see it', () => {
    const drawings = elementsOf(page).filter(({ name }) => name === 'svg');
    expect(drawings.length).toBeGreaterThan(30);
    for (const { attributes } of drawings) {
      const isNamed = attributes.has('aria-label') || attributes.has('aria-labelledby');
      expect(isNamed ? attributes.get('role') : attributes.get('aria-hidden')).toBe(isNamed ? 'img' : 'true');
    }
  });

  it('refers to nothing outside itself', () => {
    expect(html).not.toMatch(
      /https?:|\b(src|srcset|action|data|poster)=|@import|url\((?!#)|<(link|img|iframe|base)\b/i,
    );
    const links = elementsOf(page).flatMap(({ attributes }) => attributes.get('href') ?? []);
    expect(links.every((link) => link.startsWith('#'))).toBe(true);
  });

  it('lets its own script run and no other', () => {
    const hash = createHash('sha256').update(PAGE_SCRIPT).digest('base64');
    expect(PAGE_SCRIPT_HASH).toBe(`sha256-${hash}`);
    const policy = elementsOf(page)
      .find(({ attributes }) => attributes.has('http-equiv'))
      ?.attributes.get('content');
    expect(policy).toContain(`default-src 'none'`);
    expect(policy).toContain(`script-src '${PAGE_SCRIPT_HASH}'`);
    const scripts = elementsOf(page).filter(({ name }) => name === 'script');
    const running = scripts.filter(({ attributes }) => attributes.get('type') !== 'application/json');
    expect(running.map(({ children }) => children.join(''))).toEqual([PAGE_SCRIPT]);
    scripts.filter((one) => !running.includes(one)).forEach(({ children }) => JSON.parse(children.join('')));
  });

  it('is the same for the same journal', () => {
    expect(renderReport(reportEvents(), manifest) === html).toBe(true);
  });

  it('has styles for dark windows and for paper', () => {
    expect(html).toContain('@media (prefers-color-scheme: dark)');
    expect(html).toContain('@media print');
  });
});

describe('its numbers', () => {
  it('come with bounds, n, interval and the whole attack', () => {
    const result = section('result');
    expect(result).toContain('3,421,337');
    expect(result).toContain('bounds: 2.00 M to 4.00 M');
    expect(result).toContain('541,200,000');
    expect(result).toContain('89.31 % 88.69–89.90 %, n = 10,000');
    expect(result).toContain('PGD, L∞, ε = 8/255, 20 steps of 1/255, 1 restart');
    expect(result).toContain('45.8 % 42.7–48.9 %, n = 1,000');
    expect(result).toContain('FGSM, L∞, ε = 8/255, 1 step of 8/255, 1 restart');
    expect(result).toContain('PGD, L2, ε = 0.5, 20 steps of 0.0625, 1 restart');
  });

  it('stand beside the random baseline, with the difference and its interval', () => {
    const rows = elementsOf(byId(page, 'result'))
      .filter(({ name }) => name === 'tr')
      .map(textOf);
    const clean = rows.find((row) => row.includes('Clean accuracy'));
    expect(clean).toMatch(/89\.31 %.*87\.02 %.*\+2\.3 points \+1\.4 to \+3\.2; zero is outside the interval/);
    const robust = rows.find((row) => row.includes('PGD-20, L∞'));
    expect(robust).toMatch(/45\.8 %.*44\.9 %.*\+0\.9 points −3\.5 to \+5\.3; zero is inside the interval/);
  });

  it('are not compared across different attacks', () => {
    const other = events.map((event): RunEvent =>
      event.kind === 'evaluated' && event.label === 'random'
        ? { ...event, robust: event.robust.map((r) => ({ ...r, steps: r.steps + 30 })) }
        : event,
    );
    const rows = elementsOf(byId(readPage(renderReport(other, manifest)), 'result'))
      .filter(({ name, children }) => name === 'tr' && children.length > 0)
      .map(textOf)
      .filter((row) => row.includes('Robust accuracy'));
    expect(rows).toHaveLength(6);
    rows.forEach((row) => {
      expect(row).toContain('not measured');
      expect(row).not.toContain('points');
    });
  });

  it('are repeatable: configuration, seed, versions and conditions stand there', () => {
    const json = elementsOf(byId(page, 'configuration')).find(({ name }) => name === 'code');
    expect(JSON.parse((json?.children ?? []).join(''))).toEqual(JSON.parse(JSON.stringify(manifest.config)));
    const head = textOf(page);
    for (const fact of ['e2rnas', 'onnx-cpu', 'AMD EPYC 9554', 'onnxruntime-node 1.30.0', 'Cellsmith 0.1.0'])
      expect(head).toContain(fact);
    expect(section('conditions')).toContain('Wilson');
    expect(section('conditions')).toContain('45 % of the training part for weights');
  });

  it('of a later plan show both configurations', () => {
    const config = { ...manifest.config, name: 'begun otherwise' };
    const replanned = readPage(renderReport(events, { ...manifest, config }));
    expect(section('configuration', replanned)).toContain('begun otherwise');
    expect(section('configuration')).not.toContain('began with');
  });
});

describe('its sections', () => {
  it('draw every curve asked for, with bounds as bands', () => {
    const titles = elementsOf(page)
      .filter(({ name }) => name === 'figcaption')
      .map((one) => textOf(one).trim());
    expect(titles).toEqual(
      expect.arrayContaining([
        'Losses',
        'Accuracy',
        'Parameters against the bounds',
        'MACs against the bounds',
        'MGDA weight of each objective',
        'Alpha entropy',
        'Learning rate',
        'Normal cell, end of epoch 25',
        'Reduction cell, end of epoch 25',
      ]),
    );
    const names = section('search');
    for (const name of ['training loss', 'validation loss', 'adversarial loss', 'robust validation accuracy'])
      expect(names).toContain(name);
    const bands = elementsOf(byId(page, 'search-params')).filter(
      ({ attributes }) => attributes.get('class') === 'band',
    );
    expect(bands).toHaveLength(2);
    expect(section('training')).toContain('validation accuracy');
  });

  it('outline in the heat maps what the genotype keeps', () => {
    for (const kind of ['normal', 'reduce']) {
      const fields = elementsOf(byId(page, `alphas-${kind}`));
      expect(fields.filter(({ attributes }) => attributes.get('class') === 'kept')).toHaveLength(8);
      expect(fields.filter(({ attributes }) => attributes.get('class') === 'cellfield')).toHaveLength(14 * 8);
    }
  });

  it('draw both cells of both networks', () => {
    for (const id of ['cell-0-normal', 'cell-0-reduce', 'cell-1-normal', 'cell-1-reduce']) {
      const operations = elementsOf(byId(page, id)).filter(({ attributes }) =>
        attributes.get('class')?.startsWith('op '),
      );
      expect(operations).toHaveLength(8);
    }
    expect(section('cell-0-normal')).toContain('Node 3 = max pool 3×3 of node 1 + sep conv 3×3 of c(k−2).');
  });

  it('say what each export was found to be, and every warning', () => {
    expect(section('exports')).toMatch(
      /model\.onnx ✓ verified ONNX Runtime 1\.30\.0 3\.1·10⁻⁶ 90\.2 % 86\.0–93\.3 %, n = 256/,
    );
    expect(section('exports')).toMatch(/model\.py ✗ not verified Python with PyTorch was not found/);
    expect(section('warnings')).toContain('The normal cell holds 2 skip connections.');
  });
});

describe('of a run that is not finished', () => {
  it('nothing but the manifest makes a page', () => {
    const empty = readPage(renderReport([], manifest));
    expect(textOf(empty)).toContain('Nothing has run yet');
    for (const id of ['result', 'search', 'training', 'exports'])
      expect(section(id, empty)).toContain('Nothing has run yet.');
  });

  it('a search under way shows its curves, its cells so far, and says so', () => {
    const half = readPage(renderReport(reportEvents(['search']).slice(0, 300), manifest));
    expect(section('result', half)).toContain('No network yet. Search is under way.');
    expect(section('search', half)).toContain('Search is not finished');
    expect(section('cells', half)).toContain('at the end of epoch 7');
    expect(section('training', half)).toContain('Retraining was asked for; the run has not come to it.');
  });

  it('a search alone gives sizes and no accuracy', () => {
    const searched = section('result', pageOf(['search']));
    expect(searched).toContain('3,421,337');
    expect(searched).toContain(
      'No accuracy on the test split. Evaluation was asked for; the run has not come to it.',
    );
    expect(searched).toContain('The network is not trained.');
    expect(searched).toContain('not measured');
  });

  it('a network without trained baseline is not compared in accuracy', () => {
    const alone = section('result', pageOf(['search', 'retrain', 'evaluate']));
    expect(alone).toContain('89.31 %');
    expect(alone).not.toContain('points');
    expect(alone).toContain('It has not been trained.');
  });

  it('any beginning of a journal makes a page', () => {
    for (let length = 0; length < events.length; length += 97) {
      expect(() => readPage(renderReport(events.slice(0, length), manifest))).not.toThrow();
    }
  }, 60_000);

  it('a failure is told with its hint', () => {
    const failure = {
      kind: 'failed',
      at: 0,
      phase: 'search',
      step: 9,
      code: 'x',
      message: 'The disk is full.',
      hint: 'Make room.',
    } as const;
    const failed = textOf(readPage(renderReport([...events.slice(0, 100), failure], manifest)));
    expect(failed).toContain('Failed: Search');
    expect(failed).toContain('The disk is full. Make room.');
  });
});

it('steps that a resumption took back leave no trace', () => {
  const data = elementsOf(byId(page, 'search-loss')).find(({ name }) => name === 'script');
  const { lines } = JSON.parse((data?.children ?? []).join('')) as { lines: { x: number[] }[] };
  for (const { x } of lines) {
    expect(x.every((step, i) => i === 0 || step > x[i - 1])).toBe(true);
    expect(Math.max(...x)).toBeLessThanOrEqual(SEARCH_STEPS);
  }
});
