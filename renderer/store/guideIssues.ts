/** Which step of the guide a setting belongs to, and what is wrong there. */
import type { CheckedConfig, ConfigIssue } from '../../core/protocol/libraryApi.ts';
import type { GuideStep } from '../shell/links.ts';
import type { Path } from './tree.ts';

/** The longest beginning of a setting's path decides; what stands nowhere here is set in the review. */
const STEP_OF: readonly (readonly [path: string, step: GuideStep])[] = [
  ['data', 'data'],
  ['search.space', 'space'],
  ['search.cells', 'space'],
  ['search.channels', 'space'],
  ['search.partialChannels', 'space'],
  ['network', 'space'],
  ['network.auxiliary', 'strategy'],
  ['network.auxiliaryWeight', 'strategy'],
  ['network.dropPath', 'strategy'],
  ['search.budget', 'budget'],
  ['search.strategy.config.objectives', 'budget'],
  ['search.strategy.config.balancer', 'budget'],
  ['search.strategy.config.gradientNormalisation', 'budget'],
  ['evaluate', 'threat'],
  ['search.strategy.config.adversary', 'threat'],
  ['search.strategy.config.epsilon', 'threat'],
  ['search.strategy.config.stepSize', 'threat'],
  ['search.strategy.config.freeReplays', 'threat'],
  ['search.strategy.config.cleanWeight', 'threat'],
  ['search.strategy.config.steps', 'threat'],
  ['search.strategy.config.norm', 'threat'],
  ['search', 'strategy'],
  ['retrain', 'strategy'],
  ['retrain.recipe', 'threat'],
];

export function stepOf(path: Path): GuideStep {
  const name = path.join('.');
  const fits = STEP_OF.filter(([start]) => name === start || name.startsWith(`${start}.`));
  const longest = fits.toSorted(([a], [b]) => b.length - a.length).at(0);
  return longest === undefined ? 'review' : longest[1];
}

type Checked = CheckedConfig | undefined;

function issuesOf(checked: Checked): readonly ConfigIssue[] {
  return checked === undefined || checked.ok ? [] : checked.issues;
}

/** Of that field and of those below it. */
export function issuesBelow(checked: Checked, path: Path): readonly ConfigIssue[] {
  return issuesOf(checked).filter((issue) => path.every((name, i) => issue.path[i] === name));
}

/** Of that field alone. */
export function issueAt(checked: Checked, path: Path): ConfigIssue | undefined {
  return issuesBelow(checked, path).find((issue) => issue.path.length === path.length);
}

/** Why one cannot go on from a step yet. */
export function stepIssues(checked: Checked, step: GuideStep): readonly ConfigIssue[] {
  return issuesOf(checked).filter((issue) => stepOf(issue.path) === step);
}

/** The id of the control that sets a field, so that a list of mistakes can lead to it. */
export function fieldAnchor(path: Path): string {
  return `set-${path.join('-')}`;
}
