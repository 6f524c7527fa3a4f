/** What the report tells of a search with partial channels. */
import { expect, it } from 'vitest';
import { renderReport } from '../../../core/report/index.ts';
import type { RunEvent } from '../../../core/runs/events.ts';
import { manifest, reportEvents } from '../../fixtures/reportEvents.ts';
import { byId, readPage, textOf } from './readPage.ts';

const events = reportEvents();

/** The events as a search with K = 4 would have written them. */
function withShares(event: RunEvent): RunEvent {
  if (event.kind === 'planned')
    return {
      ...event,
      config: { ...event.config, search: { ...event.config.search, partialChannels: 4 } },
    };
  if (event.kind !== 'epoch' || event.edgeWeights === undefined) return event;
  const shares = event.edgeWeights.normal.map(() => 0.25);
  return { ...event, edgeShares: { normal: shares, reduce: shares } };
}

it('draws the shares of the edges by epoch, and says of what the candidates see', () => {
  const page = readPage(renderReport(events.map(withShares), manifest));
  expect(textOf(byId(page, 'alphas'))).toContain('Shares of the edges');
  expect(textOf(byId(page, 'shares-reduce'))).toContain('25.0 %');
  expect(textOf(byId(page, 'conditions'))).toContain('of which candidates see 1/4 (partial channels)');
});

it('says nothing of shares where the candidates see all channels', () => {
  const page = readPage(renderReport(events, manifest));
  expect(textOf(byId(page, 'alphas'))).not.toContain('Shares of the edges');
  expect(textOf(byId(page, 'conditions'))).not.toContain('partial channels');
});
