/** Keeps zod from compiling its schemas, which the content policy forbids; imported before any schema is made. */
import { config } from 'zod';

config({ jitless: true });
