/** Markdown as elements: what a text holds beside headings, lists, tables and code is shown as it stands, never run. */
import { lexer } from 'marked';
import type { Token, Tokens } from 'marked';
import { useMemo } from 'react';

/** @param text of any source: HTML in it is text, and links lead nowhere */
export function Markdown({ text }: { readonly text: string }) {
  const tokens = useMemo(() => lexer(text), [text]);
  return <div className="markdown">{tokens.map(block)}</div>;
}

const isOf = <T extends Token>(token: Token, type: T['type']): token is T => token.type === type;

function block(token: Token, key: number) {
  if (isOf<Tokens.Space>(token, 'space')) return undefined;
  if (isOf<Tokens.Heading>(token, 'heading')) {
    const Level = token.depth === 1 ? 'h3' : 'h4';
    return <Level key={key}>{inline(token.tokens)}</Level>;
  }
  if (isOf<Tokens.Code>(token, 'code'))
    return (
      <pre key={key}>
        <code>{token.text}</code>
      </pre>
    );
  if (isOf<Tokens.List>(token, 'list'))
    return (
      <ul key={key}>
        {token.items.map((item, i) => (
          <li key={i}>{item.tokens.map(inItem)}</li>
        ))}
      </ul>
    );
  if (isOf<Tokens.Table>(token, 'table')) return <Table key={key} table={token} />;
  if (isOf<Tokens.Paragraph>(token, 'paragraph')) return <p key={key}>{inline(token.tokens)}</p>;
  return <p key={key}>{token.raw}</p>;
}

/** A line of a list is no paragraph of its own. */
function inItem(token: Token, key: number) {
  return isOf<Tokens.Text>(token, 'text') ? (
    <span key={key}>{token.tokens === undefined ? token.text : inline(token.tokens)}</span>
  ) : (
    block(token, key)
  );
}

function Table({ table: { header, rows } }: { readonly table: Tokens.Table }) {
  const hasHead = header.some(({ text }) => text !== '');
  return (
    <div className="table-scroll" tabIndex={0} role="group">
      <table className="table">
        {hasHead && (
          <thead>
            <tr>
              {header.map((cell, i) => (
                <th key={i} scope="col">
                  {inline(cell.tokens)}
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {rows.map((row, i) => (
            <tr key={i}>
              {row.map((cell, k) =>
                k === 0 ? (
                  <th key={k} scope="row">
                    {inline(cell.tokens)}
                  </th>
                ) : (
                  <td key={k}>{inline(cell.tokens)}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function inline(tokens: readonly Token[]) {
  return tokens.map((token, key) => {
    if (isOf<Tokens.Codespan>(token, 'codespan')) return <code key={key}>{token.text}</code>;
    if (isOf<Tokens.Strong>(token, 'strong')) return <strong key={key}>{inline(token.tokens)}</strong>;
    if (isOf<Tokens.Em>(token, 'em')) return <em key={key}>{inline(token.tokens)}</em>;
    if (isOf<Tokens.Escape>(token, 'escape')) return <span key={key}>{token.text}</span>;
    return <span key={key}>{token.raw}</span>;
  });
}
