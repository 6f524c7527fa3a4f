/** The process that sets up native libraries: the library asks it, so that it answers other calls meanwhile. */
import { z } from 'zod';
import { setupMethods } from '../../../core/protocol/setups.ts';

export const setupApi = {
  methods: {
    ...setupMethods,
    /** Answers once no work is under way: whoever does not hear of it may end the process. */
    rest: { params: z.object({}), result: z.void() },
  },
  events: {},
} as const;
