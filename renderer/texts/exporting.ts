/** The export tab of a run. */

export const exporting = {
  files: 'Exported files',
  filesAbout:
    'Each file was opened again by the runtime named and compared with the trained network on test images.',
  nothing: 'Nothing was exported yet',
  nothingAbout: 'Choose formats below. Every file is checked before you get it.',
  stale:
    'The network was trained anew after its last export: the files in the folder are of the network before.',
  verified: 'verified',
  wrong: 'differs',
  unchecked: 'not checked',
  /** The accuracy itself stands in the verdict above it. */
  interval: (range: string, n: string) => `95 % interval of the accuracy ${range}, n = ${n}`,
  show: 'Show in folder',
  copy: 'Copy the path',
  card: 'Model card',
  cardAbout: (path: string) => `What goes with the files, as ${path}.`,
  cardMissing: 'The run has no model card yet.',
  loading: 'Loading …',
  start: 'Export',
  startAbout: 'The found network as it is trained now.',
  formats: 'Formats',
  write: 'Write and check',
  started: 'The export has begun.',
  why: {
    noFormat: 'Choose a format.',
  },
} as const;
