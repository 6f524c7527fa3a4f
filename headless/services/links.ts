/** Pages that the window may open in the system's browser: papers, data sets, programs. */
import { CellsmithError } from '../../core/base/errors.ts';

export const LINKED_HOSTS: readonly string[] = [
  'arxiv.org',
  'docs.pytorch.org',
  'doi.org',
  'github.com',
  'ieeexplore.ieee.org',
  'link.springer.com',
  'netron.app',
  'onnx.ai',
  'onnxruntime.ai',
  'openaccess.thecvf.com',
  'openreview.net',
  'papers.nips.cc',
  'proceedings.mlr.press',
  'proceedings.neurips.cc',
  'pytorch.org',
  'ufldl.stanford.edu',
  'www.cs.toronto.edu',
  'www.tensorflow.org',
];

/** @returns the address as it may be opened. @throws CellsmithError `bad-link` */
export function checkedLink(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isKnown =
    url?.protocol === 'https:' &&
    url.username === '' &&
    url.password === '' &&
    url.port === '' &&
    LINKED_HOSTS.includes(url.hostname);
  if (url !== undefined && isKnown) return url.href;
  throw new CellsmithError(
    'bad-link',
    `'${address}' is no page that Cellsmith opens.`,
    'Copy the address into a browser, if you trust it.',
  );
}
