// The house rules that a linter can see. Which folder may import which is in test/layers.test.ts.
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const unseeded = {
  object: 'Math',
  property: 'random',
  message: 'Take an Rng as an argument (core/base/rng.ts): a run must repeat from its seed.',
};
const clock =
  'Take the time as an argument (the clock that the host passes in); new Date(ms) to format it is fine.';
const clockReads = [
  { object: 'Date', property: 'now', message: clock },
  { object: 'performance', property: 'now', message: clock },
];
const clockCalls = {
  selector: 'NewExpression[callee.name="Date"][arguments.length=0], CallExpression[callee.name="Date"]',
  message: clock,
};

const tensorLibraries = {
  regex: '^(@tensorflow/|onnxruntime-)',
  message: 'Import { tf } from core/compute/tf.ts, or use an Executor; only core/compute names the library.',
};
const nodeModules = {
  regex: '^node:',
  message: 'core/ runs in every host: take what is needed as an argument and implement it in headless/host/.',
};
const electron = {
  regex: '^electron($|/)',
  message: 'Only electron/ may import Electron: take what is needed as an argument.',
};

const imports = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

const defaultExport = {
  selector: 'ExportDefaultDeclaration, ExportSpecifier[exported.name="default"]',
  message: 'Export by name: one thing has one name everywhere.',
};
const lazyPlatformCode = {
  selector: 'ImportExpression[source.value=/^(@tensorflow|onnxruntime-|node:|electron$)/]',
  message: 'core/ loads no platform code, not even lazily: take it as an argument.',
};

const textMap = 'Put the words into renderer/texts/: every text that is shown stands in one typed map.';
const wordsInMarkup = [
  { selector: 'JSXText[value=/[A-Za-z]{2}/]', message: textMap },
  {
    selector:
      'JSXAttribute[name.name=/^(title|label|about|placeholder|alt|aria-label|hint|unit|whenEmpty)$/] > Literal[value=/[A-Za-z]{2}/]',
    message: textMap,
  },
];

const hostGlobals = [
  ['console', 'Return the fact, or put it into the journal: hosts decide what is printed.'],
  ['process', 'core/ runs in every host: take the value as an argument.'],
  ['Buffer', 'Use Uint8Array and DataView, which every host has.'],
].map(([name, message]) => ({ name, message }));

export default defineConfig(
  { ignores: ['node_modules/', 'dist/', 'runs/'] },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx,js,mjs}'],
    extends: [tseslint.configs.recommended],
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-restricted-properties': ['error', unseeded],
      'no-restricted-syntax': ['error', defaultExport],
      'prefer-const': 'error',
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-ignore': true, 'ts-nocheck': true, 'ts-expect-error': true, 'ts-check': false },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['vitest.config.ts', 'vite.config.ts'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': [
        'error',
        // `describe` and `it` hand back nothing that a caller should wait for.
        {
          allowForKnownSafeCalls: [{ from: 'package', package: 'vitest', name: ['describe', 'it', 'test'] }],
        },
      ],
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
    },
  },
  {
    files: ['core/**/*.ts', 'headless/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'error',
      '@typescript-eslint/no-unsafe-return': 'error',
    },
  },
  {
    files: ['core/**/*.ts'],
    rules: {
      ...imports(tensorLibraries, nodeModules, electron),
      'no-restricted-globals': ['error', ...hostGlobals],
      'no-restricted-properties': ['error', unseeded, ...clockReads],
      'no-restricted-syntax': ['error', defaultExport, clockCalls, lazyPlatformCode],
    },
  },
  { files: ['core/compute/**/*.ts'], rules: imports(nodeModules, electron) },
  { files: ['headless/**/*.{ts,mjs}'], rules: imports(tensorLibraries, electron) },
  // Exported files are checked with the runtimes that people will open them with.
  { files: ['headless/host/verify*.ts'], rules: imports(electron) },
  { files: ['renderer/**/*.{ts,tsx}'], rules: imports(tensorLibraries, nodeModules, electron) },
  {
    files: ['renderer/**/*.tsx'],
    rules: { 'no-restricted-syntax': ['error', defaultExport, ...wordsInMarkup] },
  },
  // React's lazy() asks for a module with a default.
  {
    files: ['renderer/shell/Pages.tsx'],
    rules: { 'no-restricted-syntax': ['error', ...wordsInMarkup] },
  },
  { files: ['test/**/*.ts', 'bench/**/*.ts'], rules: imports(electron) },
  { files: ['*.config.{js,ts}', 'test/reporter.ts'], rules: { 'no-restricted-syntax': 'off' } },
);
