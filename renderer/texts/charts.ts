/** Words of the charts. */
export const charts = {
  noPoints: 'No points yet.',
  fromTo: (label: string, first: string, last: string) => `${label} from ${first} to ${last}`,
  step: 'step',
  epoch: 'epoch',
} as const;
