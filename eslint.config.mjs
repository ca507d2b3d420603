// Style, types, the arrows between layers, and the determinism of orchestrations.
import simpleImportSort from 'eslint-plugin-simple-import-sort';
import tseslint from 'typescript-eslint';

const LAYERS = [
  'functions',
  'orchestrations',
  'activities',
  'jobs',
  'formats',
  'backends',
  'storage',
  'app',
  'client',
  'cli',
  'dashboard',
  'local',
  'samples',
  'infra',
  'test',
];

/** What each layer may import besides itself and `domain`; ARCHITECTURE.md draws it. */
const MAY_IMPORT = {
  domain: [],
  orchestrations: [],
  jobs: [],
  formats: [],
  storage: [],
  client: [],
  backends: ['formats'],
  activities: ['jobs', 'orchestrations'],
  cli: ['client', 'formats', 'app'],
  app: ['jobs', 'activities', 'formats', 'storage', 'backends'],
  functions: ['jobs', 'formats', 'orchestrations', 'activities', 'app', 'dashboard'],
};

const borders = Object.entries(MAY_IMPORT).map(([layer, allowed]) => ({
  files: [`${layer}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^(\\.\\./)+(${LAYERS.filter((other) => other !== layer && !allowed.includes(other)).join('|')})(/|$)`,
            message: `${layer}/ may import only domain/${allowed.map((other) => `, ${other}/`).join('')}: see ARCHITECTURE.md.`,
          },
          ...(layer === 'activities'
            ? [
                {
                  regex: '^(\\.\\./)+orchestrations/(?!activity-contract)',
                  message: 'activities/ may import only orchestrations/activity-contract.',
                },
              ]
            : []),
        ],
      },
    ],
  },
}));

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
