/** The witness: watches the memory of the process that called it, and speaks where that has gone without a word. */
import { unseenDeath } from '../../host/memoryDeath.ts';
import { watchMemory } from '../../host/memoryWatch.ts';
import type { ToWitness, WitnessTask } from './witness.ts';

const watched = process.ppid;
const memory = watchMemory(() => watched);
let task: WitnessTask | undefined;
let doing = '';

process.on('message', (message: ToWitness) => {
  if (message.kind === 'doing') doing = message.what;
  else task = message;
});

// Whoever needs no witness any more kills it; so this is an end that nobody announced.
process.on('disconnect', () => void testify());

async function testify(): Promise<void> {
  const seen = await memory.ended();
  const verdict = unseenDeath(seen);
  if (verdict === undefined || task === undefined) return;
  const { tell } = await import('./testimony.ts');
  await tell(task, { verdict, doing, memory: seen.memory });
}
