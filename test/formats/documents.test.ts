// Documents as people have them, in test/fixtures/documents: what each becomes, reasoned from what Azure makes of it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse, problemsOf, specOf } from './support/parse';

const FOLDER = join(__dirname, '../fixtures/documents');

function document(name: string): string {
  return readFileSync(join(FOLDER, name), 'utf8');
}

const RESOURCES = { cpu: 1, memoryGb: 2 };
const IMAGE = 'example.azurecr.io/train:1';

describe('a template in the JSON that Resource Manager reads', () => {
  test('may have a comment behind a field', () => {
    expect(specOf(document('template-comment.json'))).toEqual({
      name: 'night-batch',
      image: IMAGE,
      resources: RESOURCES,
    });
  });

  test('has no comment in its command', () => {
    expect(specOf(document('template-comment-in-command.json'))).toEqual({
      name: 'night-batch',
      image: IMAGE,
      command: ['python', 'train.py', '--epochs', '3'],
      resources: RESOURCES,
    });
  });

  test('keeps the lines of a text, so that a script runs behind its first comment', () => {
    expect(specOf(document('template-text-of-lines.json'))).toEqual({
      name: 'night-batch',
      image: IMAGE,
      command: ['sh', '-c', 'cd /data\n# first the download\n./download.sh\n./train.sh'],
      resources: RESOURCES,
    });
  });
});

describe('a template as Bicep writes it', () => {
  test('repeats the input of a copy among its variables', () => {
    expect(specOf(document('template-variable-copy.json'))).toEqual({
      name: 'a',
      image: IMAGE,
      resources: RESOURCES,
    });
  });

  test('repeats the input of a copy among the properties', () => {
    expect(specOf(document('template-property-copy.json'))).toEqual({
      name: 'a',
      image: IMAGE,
      env: { EPOCHS: '3', LR: '0.1' },
      resources: RESOURCES,
    });
  });

  test('has null for a nullable parameter without a value, and types by reference', () => {
    expect(specOf(document('bicep-nullable-and-ref.json'))).toEqual({
      name: 'a-job',
      image: IMAGE,
      resources: RESOURCES,
      gpu: { count: 1, sku: 'V100' },
    });
  });

  test('makes a number of a text with float()', () => {
    expect(specOf(document('template-float.json'))).toEqual({
      name: 'a',
      image: IMAGE,
      resources: { cpu: 1, memoryGb: 1.5 },
    });
  });

  test('needs the value of a parameter whose default differs each time, and is accepted with it', () => {
    const text = document('template-new-guid.json');
    expect(problemsOf(text)).toEqual([
      expect.stringMatching(
        /^\/resources\/0\/name uses the parameter runName, whose default calls newGuid\(\).*--parameters runName=/,
      ),
    ]);
    expect(specOf(text, { parameters: { runName: 'run-7' } })).toEqual({
      name: 'run-7',
      image: IMAGE,
      resources: RESOURCES,
    });
  });

  test('pulls anonymously while its condition leaves the credentials out', () => {
    expect(specOf(document('template-registry-by-if.json'))).toEqual({
      name: 'a',
      image: IMAGE,
      resources: RESOURCES,
    });
  });

  test('has a problem for a registry password where the credentials stand, whatever made them', () => {
    const problems = problemsOf(document('template-registry-by-if.json'), { parameters: { pw: 'hush' } });
    expect(problems).toEqual([
      expect.stringMatching(
        /^\/resources\/0\/properties\/imageRegistryCredentials\/0\/password is refused: .*passwordRef/,
      ),
    ]);
    expect(problems.join()).not.toMatch(/hush|secureValue/);
  });
});

test('Bicep source is refused with the advice to build it', () => {
  const parsed = parse(document('main.bicep'));
  expect(parsed.ok ? [] : parsed.problems).toEqual([
    {
      where: { line: 1, column: 1 },
      message: expect.stringMatching(/is Bicep.*az bicep build/) as unknown,
    },
  ]);
});
