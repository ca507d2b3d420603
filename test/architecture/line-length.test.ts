// Comments and pages can be read without scrolling to the side.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { commentsIn } from './comments';
import { longLines, MOST_CHARACTERS } from './line-length';
import { ROOT, trackedFiles } from './tracked-files';

/** Words, `characters` in all. */
function words(characters: number): string {
  return 'word '.repeat(characters).slice(0, characters - 1) + '.';
}

/** Which lines of a file are too long, by number. */
function found(path: string, text: string): number[] {
  return longLines({ path, text }).map((line) => Number(line.split(':')[1]));
}

describe('the check of the length of lines', () => {
  test('says the file, the line, its length and the most there may be', () => {
    expect(longLines({ path: 'jobs/a.ts', text: `\n// ${words(130)}\n` })).toEqual([
      'jobs/a.ts:2: 133 characters, at most 120',
    ]);
  });

  test.each(['// ', '  // ', ' * ', 'const a = 1; // '])(
    'counts all of a line of a comment: %j',
    (before) => {
      const inBlock =
        before === ' * ' ? (line: string) => `/**\n${line}\n */` : (line: string) => `\n${line}\n`;
      const room = MOST_CHARACTERS - before.length;
      expect(found('jobs/a.ts', inBlock(before + words(room)))).toEqual([]);
      expect(found('jobs/a.ts', inBlock(before + words(room + 1)))).toEqual([2]);
    },
  );

  test.each([
    ['a.mjs', `// ${words(130)}`],
    ['a.pml', `/* ${words(130)} */`],
    ['a.pml', `x = 1;   /* ${words(130)} */`],
    ['a.bicep', `// ${words(130)}`],
    ['a.jsonc', `  // ${words(130)}`],
    ['a.sh', `# ${words(130)}`],
    ['a.yaml', `name: a # ${words(130)}`],
    ['.gitignore', `# ${words(130)}`],
    ['a.patch', `${words(130)}\n--- a\n+++ b\n`],
    ['a.md', words(130)],
    ['a.md', `- ${words(130)}`],
    ['a.md', `[${words(100)}](https://example.com/a/long/address)`],
  ])('looks into %s: %s', (path, text) => {
    expect(found(path, text)).toEqual([1]);
  });

  test.each([
    ['code', 'a.ts', `const text = '${words(130)}';`],
    ['data', 'a.json', `{ "a": "${words(130)}" }`],
    ['the code of a patch', 'a.patch', `Why.\n--- a\n+++ b\n+// ${words(130)}\n`],
    ['a table', 'a.md', `| ${words(130)} |`],
    ['an example in a page', 'a.md', `\`\`\`sh\n# ${words(130)}\n\`\`\``],
    ['an address', 'a.md', `- https://example.com/${'a'.repeat(130)}`],
    ['a link of one word', 'a.md', `[guide](https://example.com/${'a'.repeat(130)})`],
    ['a code span', 'a.md', `- \`${words(130)}\``],
    ['an address in a comment', 'a.ts', `/**\n * https://example.com/${'a'.repeat(130)}\n */`],
  ])('passes over %s', (_what, path, text) => {
    expect(found(path, text)).toEqual([]);
  });

  test('goes on behind an example', () => {
    expect(found('a.md', `\`\`\`\n${words(130)}\n\`\`\`\n${words(130)}\n`)).toEqual([4]);
  });
});

test('finds the comments of a file and where they stand', () => {
  expect(commentsIn('a.ts', "// One.\nconst a = 'http://x'; // Two.\n/**\n * Three.\n */\n")).toEqual([
    { text: '// One.', first: 1, last: 1 },
    { text: '// Two.', first: 2, last: 2 },
    { text: '/**\n * Three.\n */', first: 3, last: 5 },
  ]);
});

describe('the repository', () => {
  /** Recorded and borrowed files; what we say of them is ours. */
  const OF_OTHERS = /^test\/fixtures\/(?!.*\.md$)|^LICENSE$/;
  const files = trackedFiles()
    .filter((path) => !OF_OTHERS.test(path))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));

  test('keeps what people read to short lines', () => {
    expect(files.length).toBeGreaterThan(1_000);
    expect(files.flatMap(longLines)).toEqual([]);
  });
});
