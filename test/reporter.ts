/** Lists skipped tests with their reasons, and ends the output with `N passed, N failed[, N skipped]`. */
import { writeSync } from 'node:fs';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const inState = (state: string) => tests.filter((test) => test.result().state === state);
    const skipped = inState('skipped');
    const suites = modules.flatMap((module) => [module, ...module.children.allSuites()]);
    // A file that does not load and a hook that throws have errors of their own, in no test.
    const broken = suites.filter((suite) => suite.errors().length > 0).length;
    const unfinished = inState('pending').length;
    const failed = inState('failed').length + broken + unfinished + unhandledErrors.length;

    const reasons = skipped.map((test) => {
      const result = test.result();
      return `skipped: ${test.fullName} (${(result.state === 'skipped' && result.note) || 'no reason given'})\n`;
    });
    const count = `${inState('passed').length} passed, ${failed} failed`;
    const closing = `${reasons.join('')}${count}${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}\n`;
    // Only when the process ends has everyone else said their last word.
    process.once('exit', () => writeSync(1, closing));
  }
}
