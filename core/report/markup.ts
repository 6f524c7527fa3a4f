/** Text made into HTML and SVG: whatever is put into a template is escaped, unless it is markup itself. */

const TRUSTED: unique symbol = Symbol('markup');

/** HTML or SVG made by `markup`; nothing read from a file can pretend to be one. */
export interface Markup {
  readonly [TRUSTED]: string;
}

export type Part = string | number | Markup | undefined | readonly Part[];

/** A template whose parts are escaped; markup is put in as it is, lists one after another, undefined as nothing. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const texts = parts.map((part, i) => textOf(part) + strings[i + 1]);
  return { [TRUSTED]: strings[0] + texts.join('') };
}

/** The finished text. */
export function toText(content: Markup): string {
  return content[TRUSTED];
}

/** Text without meaning to an HTML or XML parser, in content and in quoted attributes. */
export function escapeText(text: string): string {
  return printable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** Text that is program or style of the report itself, never of a run. */
export function trusted(text: string): Markup {
  return { [TRUSTED]: text };
}

/** Data for the page's script, in a form that cannot end its element early. */
export function jsonScript(name: string, value: unknown): Markup {
  const json = JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
  return markup`<script type="application/json" data-name="${name}">${trusted(json)}</script>`;
}

function textOf(part: Part): string {
  if (part === undefined) return '';
  if (typeof part === 'string') return escapeText(part);
  if (typeof part === 'number') return String(part);
  if (isList(part)) return part.map(textOf).join('');
  return part[TRUSTED];
}

function isList(part: Markup | readonly Part[]): part is readonly Part[] {
  return Array.isArray(part);
}

/** Control characters and halves of surrogate pairs are no text in HTML; the replacement character stands for them. */
function printable(text: string): string {
  return text.replace(NOT_TEXT, '\ufffd');
}

const NOT_TEXT = /[^\P{Cc}\t\n\r]|\p{Cs}/gu;
