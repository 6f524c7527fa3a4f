/** Graphics cards: those that the system tells the library of, and those that a desktop draws with. */
import type { Card } from '../../../core/protocol/machine.ts';
import { host, library } from '../../api/services.ts';
import { useQuery } from '../../api/useQuery.ts';
import { useConnection } from '../../store/connection.ts';
import { machine as words } from '../../texts/machine.ts';
import { FailureNote, Waiting } from '../../ui/feedback.tsx';
import { allCards } from './allCards.ts';

export function CardsList() {
  const connections = useConnection((state) => state.count);
  const cards = useQuery(`${connections}`, async (options) =>
    // Of what is kept, the free memory would be that of then.
    allCards(await library.call('cards', { again: true }, options), await host.call('graphics', {}, options)),
  );
  return (
    <div className="stack tight">
      <h3>{words.cards}</h3>
      {cards.kind === 'loading' && <Waiting label={words.readingCards} />}
      {cards.kind === 'failed' && <FailureNote failure={cards.failure} onRetry={cards.retry} />}
      {cards.kind === 'ready' && cards.value.length === 0 && <p className="soft">{words.noCards}</p>}
      {cards.kind === 'ready' && cards.value.length > 0 && (
        <ul>
          {cards.value.map((card: Card) => (
            <li key={words.cardLine(card)}>{words.cardLine(card)}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
