/** The list of search strategies. */
import { registry } from '../base/registry.ts';
import { darts } from './darts/index.ts';
import { e2rnas } from './e2rnas/index.ts';
import { random } from './random/index.ts';

export const strategies = registry('strategy', [e2rnas, darts, random]);
