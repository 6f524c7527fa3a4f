/** How the tests run: two processes, no file left out, a closing line that scripts can read. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['**/node_modules/**'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // A test that runs alone hides all the others: refused here as on any other machine.
    allowOnly: false,
    reporters: ['default', './test/reporter.ts'],
  },
});
