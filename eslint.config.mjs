// Style, types, the arrows between layers, and the determinism of orchestrations.
import { readFileSync } from 'node:fs';

import simpleImportSort from 'eslint-plugin-simple-import-sort';
import tseslint from 'typescript-eslint';

/** What each room may import; the architecture test reads the same file, and ARCHITECTURE.md is held to it. */
const { rooms, outside } = JSON.parse(
  readFileSync(new URL('./architecture/layers.json', import.meta.url), 'utf8'),
);
const names = [...Object.keys(rooms), ...outside];

/** Folders below the root that hold sources, at most. */
const MAX_DEPTH = 5;

/** Imports that lead out of a room into one it may not import; `orchestrations/activity-contract` allows that file alone. */
const borders = Object.entries(rooms).flatMap(([room, { imports }]) => {
  const files = imports.filter((one) => one.includes('/'));
  const except = files.length === 0 ? '' : `(?!(?:${files.join('|')})$)`;
  const closed = names.filter((other) => other !== room && !imports.includes(other));
  return Array.from({ length: MAX_DEPTH }, (_, below) => ({
    files: [`${room}/${'*/'.repeat(below)}*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: `^(\\.\\./){${below + 1}}${except}(${closed.join('|')})(/|$)`,
              message: `${room}/ may import only ${imports.join(', ') || 'itself'}: see ARCHITECTURE.md.`,
            },
          ],
        },
      ],
    },
  }));
});

const NOT_DETERMINISTIC =
  'An orchestration is replayed: take time, ids and input from its context, effects from an activity.';

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'test/fixtures/', 'coverage/', '.gpu-jobs/'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    plugins: { 'simple-import-sort': simpleImportSort },
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      'simple-import-sort/imports': 'error',
      'no-console': 'error',
      'max-lines': ['error', { max: 300 }],
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { requireDefaultForNonUnion: true }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  ...borders,
  {
    files: ['orchestrations/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...[
          'setTimeout',
          'setInterval',
          'setImmediate',
          'process',
          'fetch',
          'crypto',
          'performance',
          'queueMicrotask',
          'Promise',
        ].map((name) => ({ name, message: NOT_DETERMINISTIC })),
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'AwaitExpression', message: NOT_DETERMINISTIC },
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: NOT_DETERMINISTIC },
        { selector: "MemberExpression[object.name='Date'][property.name='now']", message: NOT_DETERMINISTIC },
        {
          selector:
            'FunctionDeclaration[async=true], ArrowFunctionExpression[async=true], FunctionExpression[async=true]',
          message: NOT_DETERMINISTIC,
        },
        {
          selector: "MemberExpression[object.name='Math'][property.name='random']",
          message: NOT_DETERMINISTIC,
        },
        { selector: 'ImportDeclaration[source.value=/^node:/]', message: NOT_DETERMINISTIC },
      ],
    },
  },
  { files: ['samples/**/*.ts'], rules: { 'no-console': 'off' } },
  { files: ['test/**/*.ts'], rules: { '@typescript-eslint/no-non-null-assertion': 'error' } },
);
