#!/usr/bin/env node
// Starts the command line.
import { commandLine } from './loading/commandLine.mjs';
import { becomeComputing } from './loading/computing.mjs';

/** Commands that train or measure networks in this very process. */
const COMPUTING = ['demo', 'forecast', 'search', 'retrain', 'evaluate', 'export', 'resume'];

const argv = process.argv.slice(2);
if (COMPUTING.includes(argv[0])) becomeComputing();
const { main } = await commandLine();
await main(argv);
