// What the C library of Linux is told for a process that computes.

/**
 * The values of a pass come and go by the thousand, many of them of megabytes. glibc maps each of these anew from the
 * system and gives it back, page by page, which takes up to 40 % of a pass; here it keeps them, in one pool for all
 * threads. The memory goes back when the process ends. Large pages (glibc.malloc.hugetlb) would save some 5 % more of a
 * pass, for a tenth more memory.
 */
const SETTINGS = [
  'glibc.malloc.arena_max=1',
  `glibc.malloc.mmap_threshold=${2 ** 34}`,
  `glibc.malloc.trim_threshold=${2 ** 36}`,
];
const NAME = 'GLIBC_TUNABLES';
/** Says that it is done: a C library may well change the other one. */
const MARK = 'CELLSMITH_KEEPS_MEMORY';

/** The environment for such a process; what a person has set stands behind ours, and wins. */
export function computingEnvironment(environment = process.env, platform = process.platform) {
  if (platform !== 'linux' || environment[MARK] !== undefined) return environment;
  const own = environment[NAME];
  return { ...environment, [MARK]: '1', [NAME]: [...SETTINGS, ...(own ? [own] : [])].join(':') };
}

/** Starts this very process again with that environment, where Node can (22.15 and newer); else nothing happens. */
export function becomeComputing() {
  const environment = computingEnvironment();
  if (environment === process.env || process.execve === undefined) return;
  process.execve(
    process.execPath,
    [process.execPath, ...process.execArgv, ...process.argv.slice(1)],
    environment,
  );
}
