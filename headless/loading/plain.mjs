/** Registers `plainHooks.mjs` in front of tsx. Imported for that alone, after tsx. */
import { register } from 'node:module';

register(new URL('./plainHooks.mjs', import.meta.url));
