import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderReport } from '../../../core/report/index.ts';
import { metricName } from '../../../core/report/names.ts';
import { PAGE_SCRIPT } from '../../../core/report/script.ts';
import type { RunEvent } from '../../../core/runs/events.ts';
import { manifest, reportEvents } from '../../fixtures/reportEvents.ts';
import { elementsOf, readPage, textOf } from './readPage.ts';

const clean = reportEvents();

/** The journal and manifest with `text` wherever a run or a person may put text. */
function pageWith(text: string): string {
  const config = {
    ...manifest.config,
    name: text,
    data: { ...manifest.config.data, source: text },
    search: { ...manifest.config.search, strategy: { id: text, config: { [text]: text } } },
    retrain: { ...manifest.config.retrain, recipe: { id: text, config: {} } },
  };
  const events = clean
    .filter((event, i) => event.kind !== 'step' || i % 50 === 0)
    .map((event): RunEvent => {
      switch (event.kind) {
        case 'planned':
          return { ...event, config };
        case 'phase':
          return { ...event, device: text };
        case 'step':
          return { ...event, metrics: { ...event.metrics, [text]: 1, [`mgda.${text}`]: 0.5 } };
        case 'epoch':
          return { ...event, metrics: { ...event.metrics, [`${text}Loss`]: 2 } };
        case 'warning':
          return { ...event, code: text, message: text, hint: text };
        case 'derived':
          return { ...event, rule: text };
        case 'retrained':
          return event.label === 'found' ? { ...event, recipe: text } : { ...event, label: text };
        case 'exported':
          return {
            ...event,
            exports: event.exports.map((one) => ({ ...one, format: text, path: text, verdict: text })),
          };
        default:
          return event;
      }
    });
  return renderReport(events, {
    ...manifest,
    config,
    app: text,
    executor: text,
    device: text,
    versions: { [text]: text },
  });
}

const shape = (html: string): string =>
  elementsOf(readPage(html))
    .map(({ name, attributes }) => `${name}:${[...attributes.keys()].join()}`)
    .join('\n');

describe('text from a run', () => {
  const plain = shape(pageWith('harmless'));

  it.each([
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    `' onmouseover='alert(1)`,
    '</title></style></script><script>alert(1)</script>',
    '<!--',
    ']]>',
    '&lt;b&gt; &#60;b&#62;',
    '${alert(1)}',
    'a\u2028b\u0000c\ud800d\u001be',
    '\u202eabc',
  ])('adds no element and no attribute: %j', (text) => {
    const html = pageWith(text);
    expect(shape(html)).toBe(plain);
    expect(/<script>alert|<img/.test(html)).toBe(false);
    expect(new TextDecoder().decode(new TextEncoder().encode(html)) === html).toBe(true);
  });

  it('is shown as it is', () => {
    expect(textOf(readPage(pageWith('<b>7 & "8"</b>')))).toContain('<b>7 & "8"</b>');
  });

  it('leaves the page well-formed whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 12 }), (text) => {
        expect(() => readPage(pageWith(text))).not.toThrow();
      }),
      { numRuns: 25, seed: 5 },
    );
  });

  it('is not taken for what every object has', () => {
    expect(metricName('toString')).toBe('to string');
    expect(metricName('constructor')).toBe('constructor');
  });
});

describe('numbers from a run', () => {
  it('that are none leave gaps, not the words NaN or Infinity in a drawing', () => {
    const events = clean.map((event): RunEvent =>
      event.kind === 'step' && event.step % 3 === 0
        ? { ...event, metrics: { ...event.metrics, trainLoss: NaN, validationLoss: Infinity } }
        : event,
    );
    const html = renderReport(events, manifest);
    expect(html.replace(PAGE_SCRIPT, '').match(/.{0,60}(NaN|Infinity|undefined).{0,20}/g)).toBeNull();
  });

  it('make no chart where there is nothing to draw', () => {
    const events = clean.map((event): RunEvent =>
      event.kind === 'step' ? { ...event, metrics: { trainLoss: NaN } } : event,
    );
    expect(() => readPage(renderReport(events, manifest))).not.toThrow();
  });
});
