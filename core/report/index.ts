/** The report of a run as one HTML page that needs nothing but itself. Tensor-free. */
import type { RunEvent } from '../runs/events.ts';
import { collect } from './collect.ts';
import type { ReportManifest } from './collect.ts';
import { toText } from './markup.ts';
import { page } from './page.ts';

/**
 * A whole HTML document: no network, no files beside it, nothing from a run that is not escaped.
 * The same events and manifest give the same text. A run that is not finished makes a page too, which says what
 * is missing.
 * @param events the whole journal, in order
 * @param manifest of the run's folder: a `RunManifest`
 */
export function renderReport(events: readonly RunEvent[], manifest: ReportManifest): string {
  return toText(page(collect(events, manifest)));
}
