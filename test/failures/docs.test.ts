import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { type Table, TABLES } from './doc-tables';

const PAGE = join(__dirname, '../../docs/failures.md');

/** The table between two markers, cell by cell, however it is padded. */
function tableIn(page: string, name: string): Table {
  const body = new RegExp(`<!-- ${name} -->([^]*?)<!-- end -->`).exec(page)?.[1];
  if (body === undefined)
    throw new Error(`docs/failures.md has no table between "<!-- ${name} -->" and "<!-- end -->".`);
  return body
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|[\s|:-]+\|$/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

function markdown([header = [], ...rows]: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/**
 * The page with its tables written anew. UPDATE_DOCS=1 does that instead of comparing; run prettier on the page
 * afterwards.
 */
function updated(page: string): string {
  return Object.entries(TABLES).reduce(
    (text, [name, table]) =>
      text.replace(
        new RegExp(`(<!-- ${name} -->)[^]*?(<!-- end -->)`),
        (_all, open: string, close: string) => `${open}\n\n${markdown(table)}\n\n${close}`,
      ),
    page,
  );
}

describe('docs/failures.md', () => {
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(PAGE, updated(readFileSync(PAGE, 'utf8')));

  test.each(Object.keys(TABLES))('shows the table of %s as the code has it', (name) => {
    expect(tableIn(readFileSync(PAGE, 'utf8'), name)).toEqual(TABLES[name]);
  });
});
