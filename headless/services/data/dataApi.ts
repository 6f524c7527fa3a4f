/** The process that reads data sets: the library asks it, so that it answers other calls meanwhile. */
import { z } from 'zod';
import { libraryApi } from '../../../core/protocol/libraryApi.ts';

export const dataApi = {
  methods: {
    lookAtData: libraryApi.methods.lookAtData,
    perturb: libraryApi.methods.perturb,
    /** Answers once no work is under way: whoever does not hear of it may end the process. */
    rest: { params: z.object({}), result: z.void() },
  },
  events: {},
} as const;
