/** Help: the words of the field, and where to read on. */
import { glossary } from '../../texts/glossary.ts';
import { help } from '../../texts/help.ts';
import { Card } from '../../ui/Card.tsx';
import { Page } from '../../ui/Page.tsx';
import './help.css';

const TERMS = Object.entries(glossary).toSorted(([, a], [, b]) => a.term.localeCompare(b.term, 'en'));

export function HelpPage() {
  return (
    <Page title={help.title} about={help.about}>
      <Card title={help.steps}>
        <ol className="help-steps">
          {help.path.map(({ title, text }) => (
            <li key={title}>
              <strong>{title}</strong> {text}
            </li>
          ))}
        </ol>
      </Card>
      <Card title={help.words} about={help.wordsAbout}>
        {/* The only thing here that takes the focus, so that the keys can scroll the page. */}
        <dl className="help-words" tabIndex={0} aria-label={help.words}>
          {TERMS.map(([id, { term, meaning }]) => (
            <div key={id}>
              <dt>{term}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </Card>
    </Page>
  );
}
