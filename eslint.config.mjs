// Style, types, the arrows between layers, and the determinism of orchestrations.
import { readFileSync } from 'node:fs';
import { posix, relative, sep } from 'node:path';

import simpleImportSort from 'eslint-plugin-simple-import-sort';
import tseslint from 'typescript-eslint';

/** What each room may import; the architecture test reads the same file, and ARCHITECTURE.md is held to it. */
const { rooms } = JSON.parse(readFileSync(new URL('./architecture/layers.json', import.meta.url), 'utf8'));
const ROOT = import.meta.dirname;

/** The innermost room that a path lies in. */
const roomOf = (path) =>
  Object.keys(rooms)
    .filter((room) => path.startsWith(`${room}/`))
    .toSorted((a, b) => b.length - a.length)[0] ?? path.split('/')[0];

/** Why a file of a room may not import a target; undefined: it may. Both are paths from the root. */
function brokenArrow(file, target) {
  const [room, other] = [roomOf(file), roomOf(target)];
  const imports = rooms[room]?.imports;
  if (imports === undefined || other === room) return undefined;
  const covers = (entry) => entry === target || (target.startsWith(`${entry}/`) && entry.startsWith(other));
  if (imports.some(covers)) return undefined;
  return `${room}/ may import only ${imports.join(', ') || 'itself'}: see ARCHITECTURE.md.`;
}

/** The arrows between the rooms, where they are written: any import or re-export, of types too. */
const layers = {
  rules: {
    arrows: {
      create(context) {
        const file = relative(ROOT, context.filename).split(sep).join('/');
        const check = ({ source }) => {
          if (typeof source?.value !== 'string' || !source.value.startsWith('.')) return;
          const message = brokenArrow(file, posix.join(posix.dirname(file), source.value));
          if (message !== undefined) context.report({ node: source, message });
        };
        return {
          ImportDeclaration: check,
          ExportNamedDeclaration: check,
          ExportAllDeclaration: check,
          ImportExpression: check,
          TSImportType: check,
        };
      },
    },
  },
};

/** A group of ports says what a function is for; a list of members says nothing and grows. */
const PORTS_BY_GROUP = {
  selector:
    "TSTypeReference[typeName.name='Pick'] > TSTypeParameterInstantiation > TSTypeReference[typeName.name=/Ports$/]",
  message: 'Take a group of jobs/ports.ts, or the one port that is needed.',
};

const FACTORY_NOT_CLASS = {
  selector: 'ClassDeclaration[superClass=null]',
  message: 'Build it by a factory that returns an interface: see CONTRIBUTING.md, construction.',
};

const NOT_DETERMINISTIC =
  'An orchestration is replayed: take time, ids and input from its context, effects from an activity.';

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'test/fixtures/', 'coverage/', '.gpu-jobs/', '.out/', '.out-cli/'] },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    plugins: { 'simple-import-sort': simpleImportSort, layers },
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      'simple-import-sort/imports': 'error',
      'layers/arrows': 'error',
      'no-console': 'error',
      'max-lines': ['error', { max: 300 }],
      eqeqeq: 'error',
      'no-restricted-syntax': ['error', PORTS_BY_GROUP],
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
  {
    files: ['domain', 'jobs', 'storage', 'backends', 'app', 'functions', 'client', 'cli'].map(
      (room) => `${room}/**/*.ts`,
    ),
    rules: { 'no-restricted-syntax': ['error', PORTS_BY_GROUP, FACTORY_NOT_CLASS] },
  },
  { files: ['samples/**/*.ts'], rules: { 'no-console': 'off' } },
  { files: ['test/**/*.ts'], rules: { '@typescript-eslint/no-non-null-assertion': 'error' } },
);
