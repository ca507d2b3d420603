// The pages of one folder, one after another. A place that never comes to an end is noticed.
import { RetryableError } from '../../domain/errors';
import type { FilePath, Files, FolderPage } from '../../domain/ports/files';

/** A million entries, where each page is full. */
const MOST_PAGES = 1_000;
/** Of what asks for the next page; it goes into an address. */
const MOST_CHARACTERS = 8_192;

/**
 * Nothing where there is no such folder. `goesOn` is asked before each request; on a no the rest is left out.
 * Rejects as the place does, and where one page leads to another for ever.
 */
export async function* pagesOf(
  kept: Files,
  path: FilePath,
  goesOn: () => boolean,
): AsyncGenerator<FolderPage, void, undefined> {
  const led = new Set<string>();
  for (let page: string | undefined; goesOn(); led.add(page)) {
    const answer = await kept.list(path, page);
    if (answer === undefined) return;
    yield answer;
    page = answer.next;
    if (page === undefined) return;
    const why = led.has(page) ? 'one page leads back to an earlier one' : excess(led.size, page);
    if (why !== undefined)
      throw new RetryableError(`The list of folder ${path.join('/')} has no end: ${why}.`, {
        pages: led.size,
      });
  }
}

function excess(pages: number, next: string): string | undefined {
  if (next.length > MOST_CHARACTERS) return `what asks for its next page has ${next.length} characters`;
  return pages >= MOST_PAGES ? `after ${MOST_PAGES} pages there are more` : undefined;
}
