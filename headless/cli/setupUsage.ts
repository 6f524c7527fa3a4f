/** Options of `tensorflow` and `cuda` that would do nothing: told before anything is done. */
import { CellsmithError } from '../../core/base/errors.ts';

type Given = Readonly<Record<string, unknown>>;

/** Where something that is here is named, what is downloaded is not chosen. */
const HERE = ['wheel', 'library', 'archive FILE'];
/** Of each option those beside which it does nothing. */
const TENSORFLOW: Readonly<Record<string, readonly string[]>> = {
  cpu: ['gpu', ...HERE, 'installed'],
  gpu: [...HERE, 'installed'],
  python: [...HERE, 'archive', 'official'],
  sha256: ['library', 'installed', 'pip'],
};
const CUDA: typeof TENSORFLOW = { nvidia: ['pip'], feed: ['package'] };

/** @throws CellsmithError `bad-usage` */
export function expectTensorflowUsage(options: Given): void {
  expectEffect(options, TENSORFLOW);
  const { archive, official, sha256, wheel } = options;
  if (sha256 === undefined) return;
  if ([archive, official, wheel].every((source) => source === undefined)) {
    throw new CellsmithError(
      'bad-usage',
      'It is not said what --sha256 is of: no file is named.',
      'Add --archive, --official or --wheel FILE, or leave out --sha256.',
    );
  }
  if (!Array.isArray(wheel) || wheel.length < 2) return;
  throw new CellsmithError(
    'bad-usage',
    `--sha256 is of one file, and there are ${wheel.length} wheels.`,
    'Leave it out: what is taken out of wheels is held to the checksums that they state.',
  );
}

/** @throws CellsmithError `bad-usage` */
export function expectCudaUsage(options: Given): void {
  expectEffect(options, CUDA);
}

function expectEffect(options: Given, idle: typeof TENSORFLOW): void {
  const given = Object.keys(options).filter((name) => options[name] !== undefined);
  // With a file it is another source than without.
  if (typeof options.archive === 'string') given.push('archive FILE');
  for (const option of given.filter((name) => name !== 'archive FILE')) {
    const others = ['undo', 'json'].includes(option) ? [] : [...(idle[option] ?? []), 'undo'];
    const beside = others.find((name) => given.includes(name));
    if (beside === undefined) continue;
    throw new CellsmithError(
      'bad-usage',
      `--${option} would do nothing beside --${beside}.`,
      `Leave out --${option}, or --${beside}.`,
    );
  }
}
