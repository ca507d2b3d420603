// Words that az and kubectl read otherwise than YAML 1.2 does. They are refused in documents for these, texts in a
// native spec, and in quotes where we write.
import { parse as parseYaml } from 'yaml';

import { kubernetesManifest } from '../../../formats/kubernetes/manifest';
import { yamlText } from '../../../formats/source/yaml-text';
import { parse, specOf } from '../support/parse';

const aci = (word: string): string => `
name: g
apiVersion: 2021-09-01
properties:
  osType: Linux
  restartPolicy: Never
  containers:
  - name: c
    properties:
      image: i
      command: [run, ${word}]
      resources: { requests: { cpu: 1, memoryInGB: 2 } }
`;
const job = (word: string): string => `
apiVersion: v1
kind: Pod
metadata: { name: p }
spec:
  restartPolicy: Never
  containers:
  - { name: c, image: i, command: [run, ${word}] }
`;

function saidOf(document: string): string[] {
  const parsed = parse(document);
  return parsed.ok
    ? []
    : parsed.problems.map(({ where, message }) => `${where.line}:${where.column} ${message}`);
}

// For az as PyYAML itself answers; for kubectl by the rules of YAML 1.1, of which go-yaml leaves out base 60.
test.each([
  ['yes', 'true', 'true'],
  ['ON', 'true', 'true'],
  ['No', 'false', 'false'],
  ['off', 'false', 'false'],
  ['010', 'the octal number 8', 'the octal number 8'],
  ['1_000', 'a number', 'a number'],
  ['0b11', 'a number', 'a number'],
  ['1:30', 'a number of base 60', undefined],
])('%s without quotes', (word, az, kubectl) => {
  expect(saidOf(aci(word))).toEqual([
    expect.stringMatching(`^11:22 is ${word} without quotes, which az reads as ${az} `),
  ]);
  expect(saidOf(job(word))).toEqual(
    kubectl === undefined
      ? []
      : [expect.stringMatching(`^8:41 is ${word} without quotes, which kubectl reads as ${kubectl} `)],
  );
  expect(specOf(aci(`"${word}"`))).toMatchObject({ command: ['run', word] });
  expect(specOf(job(`'${word}'`))).toMatchObject({ command: ['run', word] });
});

test.each(['08', 'yesterday', '1:75', '0', '2021-09-01', 'n', 'x_1', 'oN', 'yEs'])(
  '%s is a word like any other, or a number to both',
  (word) => {
    expect(saidOf(aci(word)).join()).not.toMatch(/YAML 1.1/);
    expect(saidOf(job(word)).join()).not.toMatch(/YAML 1.1/);
  },
);

test('a native spec is YAML 1.2', () => {
  expect(specOf('image: i\ncommand: [run, yes, 1:30, 1_000]')).toMatchObject({
    command: ['run', 'yes', '1:30', '1_000'],
  });
});

test('what is written is read alike by both', () => {
  const words = [
    'yes',
    'NO',
    'on',
    'Off',
    'y',
    'N',
    '010',
    '1_000',
    '0b11',
    '1:30',
    '2026-01-01',
    '=',
    '~',
    '0o17',
    '1e3',
  ];
  for (const text of [
    yamlText({ command: words }),
    kubernetesManifest({ image: 'i', command: words }).text,
  ]) {
    for (const word of words) expect(text).toContain(`"${word}"`);
    expect(JSON.stringify(parseYaml(text, { version: '1.1' }))).toContain(JSON.stringify(words));
  }
});
