/** The list of retraining recipes. */
import { registry } from '../../base/registry.ts';
import { fastAt } from './fastAt.ts';
import { pgdAt } from './pgdAt.ts';
import type { Recipe } from './recipe.ts';
import { standard } from './standard.ts';

export const recipes = registry<Recipe>('recipe', [standard, pgdAt, fastAt]);
