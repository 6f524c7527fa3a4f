/** How the window is built: renderer/ into dist/renderer, everything it loads beside it. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const vendors: readonly (readonly [chunk: string, packages: RegExp])[] = [
  // Together with its settings, which have to be made before any schema is.
  ['zod', /node_modules\/zod\/|renderer\/api\/zodSettings/],
  ['react', /node_modules\/(react|react-dom|scheduler|zustand|wouter)\//],
  ['graph', /node_modules\/(cytoscape[^/]*|lodash[^/]*)\//],
];

export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    // Images and fonts stay files: the content policy knows no other kind of font.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: { groups: vendors.map(([name, test]) => ({ name, test })) },
      },
    },
  },
});
