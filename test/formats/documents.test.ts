// Documents as people have them, in test/fixtures/documents: what each becomes, reasoned from what Azure makes of it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse, specOf } from './support/parse';

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

test('Bicep itself is told to be built', () => {
  const parsed = parse(document('main.bicep'));
  expect(parsed.ok ? [] : parsed.problems).toEqual([
    {
      where: { line: 1, column: 1 },
      message: expect.stringMatching(/is Bicep.*az bicep build/) as unknown,
    },
  ]);
});
