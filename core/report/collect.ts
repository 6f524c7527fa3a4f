/** What a report is about: the run's view, its networks found and compared, and how its bounds are kept. */
import { reduceRun } from '../runs/reduceRun.ts';
import { emptyView } from '../runs/runView.ts';
import type { RunView } from '../runs/runView.ts';
import type { ExportVerdict, Phase, RunEvent } from '../runs/events.ts';
import type { RunConfig } from '../runs/runConfig.ts';
import type { Genotype } from '../searchSpace/genotype.ts';

/** What a report takes from the manifest of a run folder (`RunManifest`, which is one of these). */
export interface ReportManifest {
  readonly format: number;
  readonly config: RunConfig;
  readonly app: string;
  readonly seed: number;
  readonly executor: string;
  readonly device: string;
  /** By package name. */
  readonly versions: Readonly<Record<string, string>>;
}

type Of<K extends RunEvent['kind']> = Extract<RunEvent, { kind: K }>;

/** One genotype of the run and how far it got. */
export interface NetworkResult {
  /** 'found', 'random', or a name the run gave it. */
  readonly label: string;
  readonly title: string;
  readonly genotype: Genotype;
  readonly params: number;
  readonly macs: number;
  /** How it was chosen, where this run chose it. */
  readonly rule?: string;
  readonly retrained?: Of<'retrained'>;
  readonly evaluated?: Of<'evaluated'>;
}

export interface Report {
  /** What the last plan asked for; what the run began with where nothing was planned. */
  readonly config: RunConfig;
  readonly manifest: ReportManifest;
  /** The plan's configuration differs from the one that the run began with. */
  readonly isReplanned: boolean;
  readonly view: RunView;
  /** The phases asked for last; empty where nothing was. */
  readonly planned: readonly Phase[];
  /** The found network first, then the random baseline, then others; empty before the search has ended. */
  readonly networks: readonly NetworkResult[];
  readonly exports: readonly ExportVerdict[];
  /** How often the run went on from a checkpoint. */
  readonly resumptions: number;
}

export const FOUND = 'found';
export const RANDOM = 'random';

/** Gathers what the sections show. Steps that a resumption took back are gone, and so is what a later step outdated. */
export function collect(events: readonly RunEvent[], manifest: ReportManifest): Report {
  const view = events.reduce(reduceRun, emptyView);
  const config = view.planned?.config ?? manifest.config;
  return {
    config,
    manifest,
    isReplanned: JSON.stringify(config) !== JSON.stringify(manifest.config),
    view,
    planned: view.planned?.phases ?? [],
    networks: networksOf(events, view, config),
    exports: exportsOf(events),
    resumptions: events.filter((event) => event.kind === 'resumed').length,
  };
}

export function foundOf(report: Report): NetworkResult | undefined {
  return report.networks.find(({ label }) => label === FOUND);
}

export function baselineOf(report: Report): NetworkResult | undefined {
  return report.networks.find(({ label }) => label === RANDOM);
}

function networksOf(events: readonly RunEvent[], view: RunView, config: RunConfig): readonly NetworkResult[] {
  const labels = new Set([
    FOUND,
    RANDOM,
    ...view.retrained.map((e) => e.label),
    ...view.evaluated.map((e) => e.label),
  ]);
  return [...labels].flatMap((label) => {
    const choice = view.derived.findLast((event) => labelOf(event, config) === label);
    // A network trained before the genotype was chosen anew, or measured before it was trained anew, is another one.
    const retrained = after(
      choice,
      view.retrained.find((e) => e.label === label),
      events,
    );
    // The view joins evaluations, so the last of them is looked up in the journal.
    const last = events.findLast((e) => e.kind === 'evaluated' && e.label === label);
    const evaluated =
      after(retrained ?? choice, last, events) && view.evaluated.find((e) => e.label === label);
    const newest = evaluated ?? retrained ?? choice;
    if (newest === undefined) return [];
    const { genotype, params, macs } = newest;
    const isChoice = choice !== undefined && JSON.stringify(choice.genotype) === JSON.stringify(genotype);
    const rule = isChoice ? choice.rule : undefined;
    return [{ label, title: titleOf(label, choice), genotype, params, macs, rule, retrained, evaluated }];
  });
}

/** The strategy of a baseline is 'baseline', or 'random' beside a search that is not itself a random one. */
function labelOf({ strategy }: Of<'derived'>, config: RunConfig): string {
  const isBaseline =
    strategy === 'baseline' || (strategy === 'random' && config.search.strategy.id !== 'random');
  return isBaseline ? RANDOM : FOUND;
}

/** `later`, if it really came later. */
function after<E extends RunEvent>(
  earlier: RunEvent | undefined,
  later: E | undefined,
  events: readonly RunEvent[],
): E | undefined {
  if (earlier === undefined || later === undefined) return later;
  return events.lastIndexOf(later) > events.lastIndexOf(earlier) ? later : undefined;
}

/** The latest of each file, made since the found network was trained last. */
function exportsOf(events: readonly RunEvent[]): readonly ExportVerdict[] {
  const trained = events.findLastIndex((event) => event.kind === 'retrained' && event.label === FOUND);
  const byPath = new Map<string, ExportVerdict>();
  for (const event of events.slice(trained + 1)) {
    if (event.kind === 'exported') for (const verdict of event.exports) byPath.set(verdict.path, verdict);
  }
  return [...byPath.values()];
}

function titleOf(label: string, choice: Of<'derived'> | undefined): string {
  if (label === FOUND) return choice?.strategy === 'given' ? 'Given network' : 'Found network';
  return label === RANDOM ? 'Random baseline' : label;
}
