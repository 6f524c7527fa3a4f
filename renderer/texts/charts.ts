/** Words of the charts. */
export const charts = {
  noPoints: 'No points yet.',
  fromTo: (label: string, first: string, last: string) => `${label} from ${first} to ${last}`,
  summary: (title: string, lines: string) =>
    `${title}: ${lines}. Arrow keys read off values, Escape puts the reading away.`,
  at: (axis: string, value: string) => `${axis} ${value}`,
  scatter: (title: string, n: number) => `${title}: ${n} points`,
  step: 'step',
  epoch: 'epoch',
  greatest: (row: string, column: string, value: string) => `${row}: ${column} ${value}`,
  heatSummary: (title: string, rows: string) => `${title}. Arrow keys read off fields. ${rows}`,
  field: (row: string, column: string, value: string) => `${row} · ${column}: ${value}`,
  asTable: 'As a table',
  nothing: '–',
  kept: ' (kept)',
} as const;
