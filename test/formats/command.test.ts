// From a file to the container: for any command, in every format and notation, the words that Azure gets are the words
// of the file.
import * as fc from 'fast-check';
import { stringify } from 'yaml';

import { containerGroup } from '../../backends/aci/container-group';
import { yamlText } from '../../formats/source/yaml-text';
import { testPlacement } from '../support/placements';
import { NEW_YEAR, testJobId } from '../support/rows';
import { parse } from './support/parse';

/** The command of the container group that runs the document's job. */
function reaching(text: string): readonly string[] | undefined {
  const document = parse(text);
  if (!document.ok) throw new Error(`${JSON.stringify(document.problems)}\n${text}`);
  const ref = { name: 'a', placement: 'eastus', owner: 'o', jobId: testJobId(1), attempt: 1 };
  const request = {
    ref,
    spec: document.spec,
    secrets: {},
    createdAt: NEW_YEAR,
    expiresAt: NEW_YEAR + 1,
    timeoutMs: 1,
  };
  return containerGroup(request, testPlacement()).containers[0]?.command;
}

const word = fc.oneof(
  // Anything but NUL, at which a program's argument ends: a spec with one is refused.
  fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replaceAll('\0', '\u0001')),
  fc
    .array(
      fc.constantFrom(
        ...[
          '\n',
          '\r\n',
          '\t',
          '  ',
          ' ',
          '#',
          '//',
          '/*',
          '*/',
          '"',
          "'",
          '\\',
          '\\n',
          '$',
          '$(A)',
          '$$',
          '[',
          ']',
          '[[',
        ],
        ...[
          '{',
          '}',
          ',',
          ':',
          '- ',
          '&a',
          '*a',
          '!',
          '%',
          '|',
          '>',
          '@',
          '`',
          '---',
          '...',
          '~',
          'x',
          'ü',
          '😀',
          '\u2028',
          '\u0085',
        ],
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join('')),
  fc.constantFrom(
    '',
    'true',
    'null',
    '~',
    '1',
    '1e400',
    '0x1f',
    '1_000',
    'yes',
    'NO',
    '<<',
    '=',
    '__proto__',
    '2026-01-01',
    '1:30',
  ),
);
const words = fc.array(word, { minLength: 1, maxLength: 6 });

const container = (command: readonly string[]): object => ({
  name: 'c',
  properties: { image: 'i', command, resources: { requests: { cpu: 1, memoryInGB: 1 } } },
});
const group = (command: readonly string[]): object => ({
  name: 'g',
  properties: { containers: [container(command)], osType: 'Linux', restartPolicy: 'Never' },
});
/** A text that would be an expression has one more bracket in a template. */
const inTemplate = (text: string): string => (text.startsWith('[') && text.endsWith(']') ? `[${text}` : text);
const template = (command: readonly string[]): object => ({
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
  contentVersion: '1.0.0.0',
  resources: [
    {
      type: 'Microsoft.ContainerInstance/containerGroups',
      apiVersion: '2021-09-01',
      ...group(command.map(inTemplate)),
    },
  ],
});
/** Kubernetes makes one dollar of two. */
const job = ([program = '', ...args]: readonly string[]): object => {
  const escaped = (text: string): string => text.replaceAll('$', '$$$$');
  const spec = {
    restartPolicy: 'Never',
    containers: [{ name: 'c', image: 'i', command: [escaped(program)], args: args.map(escaped) }],
  };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'j' }, spec: { template: { spec } } };
};

const FORMATS: readonly (readonly [string, (command: readonly string[]) => object])[] = [
  ['native', (command) => ({ image: 'i', command })],
  ['aci-yaml', group],
  ['arm-template', template],
  ['kubernetes', job],
];

const NOTATIONS: readonly (readonly [string, (document: object) => string])[] = [
  ['JSON', (document) => JSON.stringify(document)],
  ['JSON in lines', (document) => JSON.stringify(document, null, 2)],
  ['JSON in ASCII', (document) => ascii(JSON.stringify(document))],
  ['YAML', (document) => stringify(document, { blockQuote: false, compat: 'yaml-1.1' })],
  [
    'YAML without folding',
    (document) => stringify(document, { blockQuote: false, lineWidth: 0, compat: 'yaml-1.1' }),
  ],
  ['YAML with blocks of lines, as gpujobs convert writes it', yamlText],
  ['YAML in double quotes', (document) => stringify(document, { defaultStringType: 'QUOTE_DOUBLE' })],
  ['YAML in single quotes', (document) => stringify(document, { defaultStringType: 'QUOTE_SINGLE' })],
  ['JSON that is declared to be YAML', (document) => `---\n${ascii(JSON.stringify(document, null, 1))}\n`],
];

/** As tools write it that keep to ASCII: an escape for everything else. */
function ascii(text: string): string {
  return text.replace(/[^\n -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

describe.each(FORMATS)('%s', (_format, document) => {
  test.each(NOTATIONS)('%s', (_notation, write) => {
    fc.assert(
      fc.property(words, (command) => {
        expect(reaching(write(document(command)))).toEqual(command);
      }),
      { numRuns: 100 },
    );
  });
});

test('a template may hold the lines of a text as they are, and comments anywhere', () => {
  const comment = fc.constantFrom('// "x", ]\n', '/* "y" ] */', '', '\n');
  const raw = (text: string): string =>
    JSON.stringify(text).replaceAll('\\r', '\r').replaceAll('\\n', '\n').replaceAll('\\t', '\t');
  const script = fc.array(fc.constantFrom('echo', ' ', '#', '//', '/*', '\n', '\t', '"', "'"), {
    maxLength: 10,
  });
  fc.assert(
    fc.property(
      fc.array(script, { minLength: 1, maxLength: 4 }),
      comment,
      comment,
      (scripts, before, after) => {
        const command = scripts.map((parts) => parts.join(''));
        const list = `[${command.map((text) => `${before}${raw(text)}${after}`).join(',')}]`;
        const text = JSON.stringify(template(['marked'])).replace('["marked"]', () => list);
        expect(reaching(text)).toEqual(command);
      },
    ),
  );
});
