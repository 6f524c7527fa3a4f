/** What is offered where memory ran out. */
import type { MemoryOffer } from '../../core/runs/lessMemory.ts';
import { isolated } from './isolated.ts';

export const memory = {
  title: 'What takes less memory',
  about:
    'Each opens a new experiment with everything else as it is here; this one stays as it is. A batch of half the size goes with half the learning rate (linear scaling rule).',
  aboutFound: 'It takes the genotype that the search has found and does not search again.',
  trying: 'Trying which executors work here …',
  none: 'No setting of this experiment can be lowered any further. Use a computer with more memory.',
  resume: 'Resume from the last checkpoint',
  resumeTip:
    'Goes on with the same settings: right where other programs had taken the memory. A run keeps its settings and its executor.',
  offer: ({ kind, changes: [first, ...needed] }: MemoryOffer): string => {
    switch (kind) {
      case 'batch':
        return `Batch size ${first.to}${needed.length === 0 ? '' : `, learning rate ${needed[0].to}`}`;
      case 'partialChannels':
        return `Partial channels K = ${first.to}`;
      case 'channels':
        return `${first.to} channels`;
      case 'cells':
        return `${first.to} cells`;
      case 'executor':
        return `Executor ${first.to}`;
    }
  },
  instead: ({ changes }: MemoryOffer): string =>
    changes.map(({ path, from, to }) => `${path.at(-1)}: ${to} in place of ${from}`).join('; '),
  opened: (name: string) => `“${isolated(name)}” is a draft now: look it over, then start it.`,
} as const;
