import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { citationsIn, hasTest, heldClaims, openClaims } from './threat-model';
import { ROOT } from './tracked-files';

const page = readFileSync(join(ROOT, 'docs/threat-model.md'), 'utf8');

describe('the threat model', () => {
  test('cites a test for each claim that it calls held', () => {
    const held = heldClaims(page);
    expect(held.length).toBeGreaterThan(30);
    expect(held.filter(({ citations }) => citations.length === 0).map(({ claim }) => claim)).toEqual([]);
  });

  test('cites only tests that there are, by their titles', () => {
    const missing = citationsIn(page).filter(({ path, title }) => {
      const file = join(ROOT, path);
      return !existsSync(file) || !hasTest(readFileSync(file, 'utf8'), title);
    });
    expect(missing).toEqual([]);
  });

  test('says of each claim that is not held what the operator can do', () => {
    const open = openClaims(page);
    expect(open.length).toBeGreaterThan(5);
    expect(open.filter((text) => !text.includes('The operator'))).toEqual([]);
  });
});

describe('the check of the threat model', () => {
  const PAGE = [
    '- **Held.** One thing. `test/a.test.ts`: “it',
    '  is so”.',
    '- **Held.** Another thing, without a test.',
    '- **Not held.** A third thing.',
    '',
    'Text.',
  ].join('\n');

  test('finds what is held, with its citations across lines', () => {
    expect(heldClaims(PAGE).map(({ citations }) => citations)).toEqual([
      [{ path: 'test/a.test.ts', title: 'it is so' }],
      [],
    ]);
    expect(openClaims(PAGE)).toEqual(['A third thing.']);
  });

  test.each([
    ["test('it is so', () => {", true],
    ['it("it is so", () => {', true],
    ["])('it is so', (_) => {", true],
    ["  test(\n    'it is so',", true],
    ["// 'it is so'", false],
    ["test('it is so too', () => {", false],
  ])('finds the test in %j: %p', (text, isThere) => {
    expect(hasTest(text, 'it is so')).toBe(isThere);
  });
});
