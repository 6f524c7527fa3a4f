/** The process that holds the registries: the library asks it, since loading them takes seconds of computing. */
import { libraryApi } from '../../../core/protocol/libraryApi.ts';

export const registriesApi = {
  methods: {
    catalog: libraryApi.methods.catalog,
    checkConfig: libraryApi.methods.checkConfig,
  },
  events: {},
} as const;
