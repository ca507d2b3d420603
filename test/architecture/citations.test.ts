// Every document, section, decision, tag and link that is cited exists.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { deadCitations, type Library, libraryOf, tagsIn } from './citations';
import { sectionsOf } from './markdown';
import type { SourceFile } from './rules';
import { ROOT, trackedFiles } from './tracked-files';

/** Recordings, and the examples below. */
const PASSED_OVER = /^test\/fixtures\/(?!.*\.md$)|\/citations\.test\.ts$|^package-lock\.json$/;
const TEXT = /\.(ts|js|mjs|cjs|json|md|pml|sh|txt|bicep|bicepparam|patch|ya?ml)$|^\.ci\/run$/;

/** A small repository. */
const LIBRARY: Library = libraryOf([
  { path: 'ARCHITECTURE.md', text: '- **I1** Once.\n' },
  {
    path: 'docs/protocol.md',
    text: '## 4. Story\n\n1. First.\n2. Second.\n\n## 5. Cancel\n\n| 5.1 | Insert. |\n',
  },
  { path: 'docs/decisions/0003-a.md', text: '# 3. A\n' },
  { path: 'docs/model/README.md', text: '| `W_BLIND` | no ETag |\n' },
  { path: 'docs/facts/storage.md', text: '# Storage\n\n## Append `twice`\n\n```\n# No heading\n```\n' },
  { path: 'jobs/submit.ts', text: '// Submits.\n' },
]);

function dead(text: string, path = 'jobs/settle.ts'): string[] {
  return deadCitations({ path, text }, LIBRARY);
}

describe('the check of citations', () => {
  test.each([
    '// See protocol §4.2 and §5.1, decision 3.',
    '// Money beats logs (docs/facts/storage.md#append-twice), I1.',
    '// As jobs/submit.ts does [W_BLIND].',
    '// Seconds or a date (RFC 9110 §10.2.3).',
    '// Read in the package: src/operations/groups.ts.',
    "const text = 'I9 and jobs/gone.ts are no citations outside comments';",
  ])('lets %j pass', (text) => {
    expect(dead(text)).toEqual([]);
  });

  test.each([
    ['// See protocol §4.3.', '§4.3'],
    ['// See protocol §6.', '§6'],
    ["const source = 'protocol §9';", '§9'],
    ['// Money beats logs (design §4).', 'design §4'],
    ['// A timer (timers.md §4).', 'timers.md §4'],
    ['// Why: decision 4.', 'decision 4'],
    ['// A rule [W_BLIND, M_MADEUP].', 'M_MADEUP'],
    ['// See docs/nowhere.md.', 'docs/nowhere.md'],
    ['// See docs/facts/storage.md#made-up.', 'docs/facts/storage.md#made-up'],
    ['// See docs/facts/storage.md#no-heading.', 'docs/facts/storage.md#no-heading'],
    ["const source = 'docs/facts/made-up.md#x';", 'docs/facts/made-up.md#x'],
    ['/** As made-up.md says. */', 'made-up.md'],
    ['// As jobs/gone.ts does.', 'jobs/gone.ts'],
    ['// Handled in jobs/gone.', 'jobs/gone'],
    ['const a = 1; // At most once (I9).', 'I9'],
  ])('finds what %j cites', (text, citation) => {
    expect(dead(text).map((one) => one.trim())).toContain(`jobs/settle.ts: ${citation}`);
  });

  test.each(['test/mutants/a.patch', 'docs/model/run.sh', 'eslint.config.mjs'])('looks into %s', (path) => {
    expect(dead('// As gone.md says, and protocol §9.', path)).toEqual([`${path}: §9`, `${path}: gone.md`]);
  });

  test.each([
    ['[a](../jobs/submit.ts) and [b](facts/storage.md#storage) and [c](https://example.com/x.md)', []],
    ['`jobs/submit.ts` and `jobs/*.ts` and `src/x.ts`', []],
    ['[a](gone.md)', ['gone.md']],
    ['[a](facts/storage.md#gone)', ['facts/storage.md#gone']],
    ['[a](#gone)', ['#gone']],
    ['As gone.md and [gone.md](facts/storage.md) say', ['gone.md']],
    ['`jobs/gone.ts` is there', ['jobs/gone.ts']],
    ['`jobs/submit`, `jobs/`, `docs/facts/` and `docs/gone`', ['docs/gone']],
    ['```\n[a](gone.md)\n```', []],
  ])('judges the page %j', (text, citations) => {
    expect(dead(text, 'docs/page.md')).toEqual(citations.map((one) => `docs/page.md: ${one}`));
  });
});

test('tells the sections of a page apart', () => {
  expect(sectionsOf('# P\n\n### A\n\nOne.\n\nRead: x.\n\n## B\n\n### C\n\nTwo.\n')).toEqual([
    { heading: 'A', text: 'One.\n\nRead: x.' },
    { heading: 'C', text: 'Two.' },
  ]);
});

describe('the repository', () => {
  const tracked = trackedFiles();
  const files: readonly SourceFile[] = tracked
    .filter((path) => TEXT.test(path) && !PASSED_OVER.test(path))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
  const library = libraryOf(files, tracked);

  test('has what can be cited', () => {
    expect(library.sections.size).toBeGreaterThan(20);
    expect(library.tags.size).toBeGreaterThan(40);
    expect(library.decisions.size).toBeGreaterThan(5);
    expect(library.invariants.size).toBeGreaterThan(7);
    expect(library.anchors.size).toBeGreaterThan(20);
  });

  test('cites nothing that is not there', () => {
    expect(files.flatMap((file) => deadCitations(file, library))).toEqual([]);
  });

  test('says of each fact how it is known', () => {
    const facts = files
      .filter(({ path }) => /^docs\/facts\/(?!README)/.test(path))
      .flatMap(({ path, text }) => sectionsOf(text).map((section) => ({ path, ...section })));
    expect(facts.length).toBeGreaterThan(40);
    const unfounded = facts.filter(
      ({ text }) => !/^(Recorded|Measured|Documented|Read|Tried|Reported)\b/m.test(text),
    );
    expect(unfounded.map(({ path, heading }) => `${path}: ${heading}`)).toEqual([]);
  });

  test('explains each tag of its models, and no other', () => {
    const models = files.filter(({ path }) => path.endsWith('.pml')).map(({ text }) => text);
    expect([...library.tags].sort()).toEqual([...tagsIn(models.join('\n'))].sort());
  });
});
