/** Which part of the sources may import which. */

/**
 * Who may import what. The first row that matches a file decides; a file that no row matches may import nothing.
 * Targets: `folder/`, one file, `npm:package`, `node:`; `$1` is what the row's pattern caught, `!` in front forbids.
 */
export type Row = readonly [from: RegExp, mayImport: readonly string[]];

const base = ['core/base/', 'npm:zod'];
const searchSpace = ['core/searchSpace/', ...base];
const computing = ['core/compute/', 'core/datasets/', ...searchSpace];
const models = ['core/models/', ...computing];
const goals = ['core/objectives/', 'core/balancing/', 'core/attacks/', ...models];
const training = ['core/training/', ...goals];
const hostPackages = [
  'npm:',
  '!npm:electron',
  '!npm:react',
  '!npm:react-dom',
  '!npm:zustand',
  '!npm:cytoscape',
];

/** The desktop program and its utility processes stand on what the terminal stands on, not on the terminal. */
const desktop = [
  ...['electron/ports/', 'headless/host/', 'headless/services/', 'core/'],
  ...['node:', 'npm:electron', 'npm:zod'],
];

/** The parts of the engine that a window may load: tensor-free at any depth. */
const windowCore = [
  'core/protocol/',
  'core/report/',
  ...[
    'events',
    'runConfig',
    'reduceRun',
    'reduceEvents',
    'runView',
    'runFolder',
    'runPath',
    'series',
    'progress',
    'stepRows',
    'lessMemory',
  ].map((name) => `core/runs/${name}.ts`),
  'core/config/jsonPlace.ts',
  ...searchSpace,
];
const windowPackages = [
  'react',
  'react-dom',
  'zustand',
  'wouter',
  'radix-ui',
  'lucide-react',
  'uplot',
  'marked',
  'cytoscape',
  'cytoscape-edgehandles',
  '@tanstack/react-virtual',
  '@fontsource-variable/inter',
].map((name) => `npm:${name}`);

export const rows: readonly Row[] = [
  [/^core\/base\//, base],
  [/^core\/searchSpace\//, searchSpace],
  [/^core\/config\//, ['core/config/', 'core/runs/runConfig.ts', ...searchSpace]],
  [/^core\/datasets\//, ['core/datasets/', 'npm:fflate', ...base]],
  [/^core\/compute\//, ['core/compute/', 'npm:@tensorflow/', 'npm:onnxruntime-node', ...base]],
  [/^core\/models\//, models],
  [/^core\/(attacks|balancing)\//, ['core/$1/', ...models]],
  [/^core\/objectives\//, ['core/objectives/', 'core/attacks/', ...models]],
  [/^core\/training\//, training],
  [/^core\/exporters\//, ['core/exporters/', ...training]],
  [/^core\/bilevel\//, ['core/bilevel/', 'core/strategies/strategy.ts', ...training]],
  [/^core\/strategies\/strategy\.ts$/, training],
  [/^core\/strategies\/index\.ts$/, ['core/strategies/', ...base]],
  [
    /^core\/strategies\/([^/]+)\//,
    ['core/strategies/$1/', 'core/strategies/strategy.ts', 'core/bilevel/', ...training],
  ],
  [
    /^core\/runs\//,
    [
      'core/runs/',
      'core/strategies/strategy.ts',
      'core/training/process.ts',
      'core/compute/program.ts',
      ...searchSpace,
    ],
  ],
  [
    /^core\/report\//,
    [
      'core/report/',
      ...['events', 'runConfig', 'reduceRun', 'runView', 'series', 'progress'].map(
        (name) => `core/runs/${name}.ts`,
      ),
      ...searchSpace,
    ],
  ],
  [
    /^core\/protocol\//,
    [
      'core/protocol/',
      ...['events', 'runConfig', 'runFolder', 'stepRows'].map((name) => `core/runs/${name}.ts`),
      ...searchSpace,
    ],
  ],
  // A page stands for itself: what two of them need moves to ui/, charts/, cells/ or store/.
  [
    /^renderer\/pages\/([^/]+)\//,
    [
      'renderer/pages/$1/',
      ...['api', 'store', 'shell', 'ui', 'charts', 'cells', 'studio', 'texts'].map(
        (name) => `renderer/${name}/`,
      ),
      ...windowCore,
      ...windowPackages,
    ],
  ],
  [/^renderer\//, ['renderer/', ...windowCore, ...windowPackages]],
  [/^core\/(catalog\.ts$|engine\/)/, ['core/', 'npm:zod']],
  [
    /^headless\/loading\/commandLine\.mjs$/,
    ['headless/loading/', 'headless/cli/main.ts', 'node:', 'npm:tsx', 'computed:pathToFileURL(bundle).href'],
  ],
  [/^headless\/loading\//, ['headless/loading/', 'node:', 'npm:tsx', 'npm:esbuild']],
  [
    /^headless\/host\//,
    [
      'headless/host/',
      'headless/loading/childProgram.ts',
      'headless/loading/computing.mjs',
      'core/',
      'node:',
      ...hostPackages,
    ],
  ],
  // Its work is what the terminal does, with a trial that is given by whoever hosts it.
  [
    /^headless\/services\/setup\//,
    [
      'headless/services/',
      'headless/setup/',
      'headless/host/',
      'core/',
      'node:',
      '!node:child_process',
      'npm:zod',
    ],
  ],
  // Their processes are started by whoever hosts them.
  [
    /^headless\/services\//,
    ['headless/services/', 'headless/host/', 'core/', 'node:', '!node:child_process', 'npm:zod'],
  ],
  [
    /^headless\/serve\//,
    [
      ...['headless/serve/', 'headless/services/', 'headless/host/'],
      ...['headless/loading/childProgram.ts', 'headless/loading/computing.mjs'],
      ...['core/', 'node:', 'npm:ws', 'npm:zod'],
    ],
  ],
  [/^headless\//, ['headless/', 'core/', 'node:', ...hostPackages]],
  [/^electron\/preload\//, ['npm:electron']],
  [/^electron\/main\//, ['electron/main/', ...desktop]],
  [/^electron\/(ports|utility)\//, ['electron/utility/', ...desktop]],
  // What builds and starts it.
  [
    /^electron\/[^/]+\.mjs$/,
    [
      'electron/',
      'headless/loading/',
      'headless/cli/main.ts',
      'node:',
      'npm:esbuild',
      'npm:sharp',
      'npm:tsx',
    ],
  ],
  // It measures the window as the tests of the window start it.
  [
    /^bench\/window/,
    ['bench/', 'test/browser/', 'headless/', 'renderer/texts/', 'core/', 'node:', 'npm:playwright-core'],
  ],
  [/^bench\//, ['bench/', 'headless/', 'renderer/studio/', 'core/', 'node:', ...hostPackages]],
  [
    /^test\//,
    ['test/', 'bench/', 'electron/', 'headless/', 'renderer/', 'core/', 'node:', 'npm:', '!npm:electron'],
  ],
];
