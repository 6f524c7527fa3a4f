/** A model card as elements: tables are tables, and nothing that a text holds is run. */
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { Markdown } from '../../../renderer/ui/Markdown.tsx';

const shown = (text: string): string => renderToStaticMarkup(createElement(Markdown, { text }));

it('shows headings, lists, tables and code as such', () => {
  const html = shown(
    '# Card\n\nWritten.\n\n## Model\n\n|  |  |\n| --- | --- |\n| Parameters | 27,210 |\n\n- `a` **b**\n- c\n\n```python\nGenotype()\n```\n',
  );
  expect(html).toContain('<h3><span>Card</span></h3>');
  expect(html).toContain('<th scope="row"><span>Parameters</span></th><td><span>27,210</span></td>');
  // Its head is empty.
  expect(html).not.toContain('<thead>');
  expect(html).toContain('<code>a</code>');
  expect(html).toContain('<pre><code>Genotype()</code></pre>');
  expect(html).not.toContain('|');
});

it('shows HTML and links as the text that they are, escaped characters without their escape', () => {
  const html = shown(
    'a <img src=x onerror=alert(1)> [b](javascript:alert(1)) c\\*d\n\n<script>alert(1)</script>',
  );
  expect(html).not.toMatch(/<(img|script|a)\b/);
  expect(html).toContain('&lt;script&gt;');
  expect(html).toContain('<span>*</span>');
});
