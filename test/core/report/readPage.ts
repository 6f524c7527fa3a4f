/** A strict little reader of HTML: what a browser would mend silently is an error here. */

export interface PageElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: (PageElement | string)[];
}

const VOID = new Set(['meta', 'input', 'br', 'link']);
const RAW = new Set(['script', 'style']);
const ENTITY = /&(amp|lt|gt|quot|#39);/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** The root of the page. @throws Error for what is not well-formed */
export function readPage(html: string): PageElement {
  const head = '<!DOCTYPE html>\n';
  if (!html.startsWith(head)) throw new Error('no document type');
  const top: PageElement = { name: '', attributes: new Map(), children: [] };
  const open = [top];
  let at = head.length;
  while (at < html.length) {
    const parent = open[open.length - 1];
    if (RAW.has(parent.name)) {
      const end = html.indexOf(`</${parent.name}`, at);
      if (end < 0) throw new Error(`<${parent.name}> is not closed`);
      parent.children.push(html.slice(at, end));
      at = end + `</${parent.name}>`.length;
      open.pop();
      continue;
    }
    const next = html.indexOf('<', at);
    const text = html.slice(at, next < 0 ? html.length : next);
    if (text !== '') parent.children.push(decoded(text));
    if (next < 0) break;
    const end = tagEnd(html, next);
    readTag(html.slice(next, end), open);
    at = end;
  }
  if (open.length !== 1) throw new Error(`<${open[open.length - 1].name}> is not closed`);
  const roots = top.children.filter((child) => typeof child !== 'string' || child.trim() !== '');
  const [root] = roots;
  if (roots.length !== 1 || typeof root === 'string') throw new Error('not one root');
  return root;
}

/** Where the tag ends: the first > outside quotes. */
function tagEnd(html: string, start: number): number {
  const tag = /^<(?:[^<>"]|"[^"<>]*")*>/.exec(html.slice(start, start + 100_000));
  if (tag === null) throw new Error(`a < that begins no tag: ${html.slice(start, start + 60)}`);
  return start + tag[0].length;
}

function readTag(tag: string, open: PageElement[]): void {
  const closing = /^<\/([a-zA-Z0-9]+)>$/.exec(tag);
  if (closing !== null) {
    const last = open.pop();
    if (last?.name !== closing[1]) throw new Error(`</${closing[1]}> closes <${String(last?.name)}>`);
    return;
  }
  const parts = /^<([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z][a-zA-Z0-9:-]*(?:="[^"]*")?)*)\s*(\/?)>$/.exec(tag);
  if (parts === null) throw new Error(`no tag: ${tag.slice(0, 80)}`);
  const [, name, list, slash] = parts;
  const attributes = new Map<string, string>();
  for (const [, key, value = ''] of list.matchAll(/([a-zA-Z][a-zA-Z0-9:-]*)(?:="([^"]*)")?/g)) {
    if (attributes.has(key)) throw new Error(`${key} twice in ${tag}`);
    attributes.set(key, decoded(value));
  }
  const element: PageElement = { name, attributes, children: [] };
  open[open.length - 1].children.push(element);
  if (slash === '' && !VOID.has(name)) open.push(element);
}

function decoded(text: string): string {
  if (text.replace(ENTITY, '').includes('&')) throw new Error(`a bare & in: ${text.slice(0, 60)}`);
  return text.replace(ENTITY, (_, name: string) => ENTITIES[name]);
}

/** The element and all below it, in order. */
export function elementsOf(root: PageElement): readonly PageElement[] {
  return [root, ...root.children.flatMap((child) => (typeof child === 'string' ? [] : elementsOf(child)))];
}

/** What is read aloud or seen, without scripts and styles; spaces of every kind as one plain space. */
export function textOf(element: PageElement): string {
  if (RAW.has(element.name)) return '';
  return element.children
    .map((child) => (typeof child === 'string' ? child : ` ${textOf(child)} `))
    .join('')
    .replace(/[\s\u202f]+/g, ' ');
}

export function byId(root: PageElement, id: string): PageElement {
  const found = elementsOf(root).find(({ attributes }) => attributes.get('id') === id);
  if (found === undefined) throw new Error(`no #${id}`);
  return found;
}
