#!/usr/bin/env node
// Starts the command line; tsx lets Node run the TypeScript sources as they stand.
import { register } from 'tsx/esm/api';

register();
await import('./loading/plain.mjs');
const { main } = await import('./cli/main.ts');
await main(process.argv.slice(2));
