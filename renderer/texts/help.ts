/** The help page. */
export const help = {
  title: 'Help',
  about: 'What an experiment consists of, and the words that this window uses.',
  steps: 'An experiment, step by step',
  path: [
    {
      title: 'Search.',
      text: 'The supernet holds every candidate operation; the search learns which to keep.',
    },
    { title: 'Retraining.', text: 'The network of the cell that was found is trained from scratch.' },
    {
      title: 'Baseline.',
      text: 'A random cell under the same budget is trained alike, to show what the search was worth.',
    },
    { title: 'Evaluation.', text: 'Both are measured on test images, clean and attacked.' },
    {
      title: 'Export.',
      text: 'The network is written for other programs; each file is opened again and compared.',
    },
  ],
  words: 'Words',
  wordsAbout: 'In the window, words with a dotted line say this on hover and on focus.',
} as const;
