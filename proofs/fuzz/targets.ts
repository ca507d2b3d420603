// The list of all parsers of untrusted input.
import assert from 'node:assert/strict';

import * as fc from 'fast-check';

import { scheduleSchema } from '../../domain/schedule/schedule';
import { nextFires, timingProblem } from '../../domain/schedule/schedule-fires';
import { FORMATS } from '../../formats/document';
import { parsedIfJson } from '../../test/support/parsed-if-json';
import { BOMBS } from './bombs';
import { parseAndCheck } from './document-rules';
import { KUBERNETES_TARGETS } from './kubernetes-targets';
import { mutated, pieces } from './mutations';
import { QUEUE_TARGET } from './queue-target';
import { seedDocuments } from './seed-documents';
import { structures } from './structures';
import type { Target } from './target';

const seeds = seedDocuments();

/** The pieces of which an expression in brackets is made. */
const EXPRESSION_WORDS = [
  ...["'a'", "''", '0', '1', '-1', '99999999999999999999', ',', '(', ')', '[', ']', '.', ' ', "'", '?'],
  ...[
    'concat',
    'format',
    'parameters',
    'variables',
    'if',
    'equals',
    'json',
    'createArray',
    'createObject',
    'substring',
    'replace',
    'length',
    'string',
    'int',
    'bool',
    'split',
    'join',
    'padLeft',
    'first',
    'last',
    'take',
    'skip',
    'contains',
    'resourceGroup',
    'resourceId',
    'uniqueString',
    'mul',
    'div',
    'mod',
    'coalesce',
    'null',
    'true',
    'listKeys',
    'float',
    'range',
    'union',
    'intersection',
    'flatten',
    'items',
    'shallowMerge',
    'tryGet',
    'map',
    'filter',
    'reduce',
    'sort',
    'toObject',
    'groupBy',
    'mapValues',
    'lambda',
    'lambdaVariables',
    'copyIndex',
    'guid',
    'base64',
    'deployment',
    'newGuid',
    'constructor',
    '__proto__',
  ],
  ...[
    "concat('a', 'b')",
    "variables('v')",
    "variables('w')",
    "parameters('p')",
    'createArray(1, 2)',
    "createObject('a', 1)",
    "json('{}')",
    '.a',
    '[0]',
    "'{0}{1}'",
    "lambda('x', ",
    "lambda('x', 'y', ",
    "lambdaVariables('x')",
    'range(0, 9)',
    "copyIndex('c')",
  ],
];
const expressions = fc
  .array(fc.oneof(fc.constantFrom(...EXPRESSION_WORDS), fc.string({ maxLength: 4 })), { maxLength: 30 })
  .map((words) => `[${words.join('')}]`);

/** All targets. To fuzz another parser, add it here. */
export const TARGETS: readonly Target[] = [
  {
    name: `documents (${FORMATS.join(', ')})`,
    share: 6,
    inputs: fc.oneof(
      { arbitrary: mutated(seeds), weight: 6 },
      { arbitrary: structures, weight: 3 },
      { arbitrary: pieces, weight: 2 },
      { arbitrary: fc.string({ unit: 'binary', maxLength: 200 }), weight: 1 },
    ),
    always: [...seeds, ...BOMBS],
    parse: parseAndCheck,
  },
  {
    name: 'template expressions',
    share: 2,
    inputs: expressions,
    always: [
      `[${'('.repeat(20_000)}]`,
      `[${'concat('.repeat(3_000)}]`,
      `['a'${'[0]'.repeat(5_000)}]`,
      `['a'${'.a'.repeat(8_000)}]`,
      "[string(map(range(0, 10000), lambda('x', map(range(0, 10000), lambda('y', lambdaVariables('x'))))))]",
      "[string(reduce(range(0, 9000), createArray(), lambda('a', 'x', concat(lambdaVariables('a'), createArray(lambdaVariables('x'))))))]",
      "[string(sort(range(0, 9000), lambda('a', 'b', less(lambdaVariables('b'), lambdaVariables('a')))))]",
      '[string(union(range(0, 9000), range(0, 9000)))]',
      "[string(filter(range(0, 9000), lambda('x', contains(range(0, 9000), lambdaVariables('x')))))]",
    ],
    parse: (expression) => parseAndCheck(templateWith(expression)),
  },
  QUEUE_TARGET,
  {
    name: 'schedules',
    share: 1,
    inputs: fc.tuple(cronTexts(), zones()).map(([cron, timeZone]) => JSON.stringify({ cron, timeZone })),
    always: [
      JSON.stringify({ cron: '* '.repeat(5_000), timeZone: 'UTC' }),
      JSON.stringify({ cron: `${'1,'.repeat(100)}1 * * * *`, timeZone: 'UTC' }),
      JSON.stringify({ cron: '0 0 30 2 *', timeZone: 'Europe/Berlin' }),
      JSON.stringify({ cron: '0 0 29 2 1', timeZone: 'Pacific/Apia' }),
      JSON.stringify({ cron: '*/1 * * * *', timeZone: 'America/New_York' }),
    ],
    parse: parseSchedule,
  },
  ...KUBERNETES_TARGETS,
];

/** A template whose group's name is the expression, with a variable and a parameter for it to use. */
function templateWith(expression: string): string {
  const container = {
    name: 'c',
    properties: { image: 'i', resources: { requests: { cpu: 1, memoryInGB: 1 } } },
  };
  return JSON.stringify({
    $schema: 'https://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json#',
    parameters: { p: { type: 'array', defaultValue: [1, 'x', {}] } },
    variables: {
      v: { a: ['x', expression] },
      w: "[concat(string(variables('v')), variables('w2'))]",
      w2: 'y',
    },
    resources: [
      {
        type: 'Microsoft.ContainerInstance/containerGroups',
        name: expression,
        tags: { [expression]: 'x' },
        properties: { containers: [container], osType: 'Linux', restartPolicy: 'Never' },
      },
    ],
  });
}

const AFTER = Date.UTC(2026, 2, 1);

function parseSchedule(text: string): () => void {
  const parsed = scheduleSchema.safeParse({ name: 'fuzz', spec: {}, ...Object(parsedIfJson(text)) });
  if (!parsed.success)
    return () => {
      for (const { path } of parsed.error.issues) assert.ok(path.length > 0, 'a problem names its field');
    };
  const problem = timingProblem(parsed.data);
  const fires = problem === undefined ? nextFires(parsed.data, AFTER, 3) : [];
  return () => {
    assert.ok(problem === undefined || problem.message.length > 0, 'something is said');
    for (const [index, fire] of fires.entries())
      assert.ok(
        Number.isSafeInteger(fire) && fire > (fires[index - 1] ?? AFTER),
        'fires come one after the other',
      );
  };
}

function cronTexts(): fc.Arbitrary<string> {
  const word = fc.oneof(
    fc.integer({ min: -1, max: 70 }).map(String),
    fc.constantFrom(
      '*',
      '*/5',
      '1-5',
      '5-1',
      '0-59/7',
      'MON',
      'jan',
      'L',
      'W',
      '?',
      '#',
      '1#2',
      '@daily',
      '*/0',
      '1,2,3',
      '',
      '٣',
    ),
    fc.string({ maxLength: 4 }),
  );
  return fc.oneof(
    fc.array(word, { minLength: 4, maxLength: 6 }).map((words) => words.join(' ')),
    fc.string({ unit: 'binary', maxLength: 40 }),
  );
}

function zones(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Pacific/Apia',
      'Asia/Kathmandu',
      'utc',
      '',
      '+02:00',
      'Etc/GMT+5',
    ),
    fc.string({ maxLength: 12 }),
  );
}
