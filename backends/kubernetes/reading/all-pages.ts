// Reads a list page by page.
import { z } from 'zod';

/** The part of a list's answer that says whether there is more of it. */
export const pageMetadata = z.object({ continue: z.string().nullish() }).nullish();

/**
 * All pages, in order. `read` is given the query that asks for the page, and rejects where it can't be had. A page of
 * which `metadataOf` gives undefined is the last one.
 *
 * `limit`: items of one page.
 */
export async function allPages<Page>(
  limit: number,
  read: (query: Readonly<Record<string, string>>) => Promise<Page>,
  metadataOf: (page: Page) => z.output<typeof pageMetadata>,
): Promise<Page[]> {
  const pages: Page[] = [];
  let from = '';
  do {
    const page = await read({ limit: String(limit), ...(from === '' ? {} : { continue: from }) });
    pages.push(page);
    from = metadataOf(page)?.continue ?? '';
  } while (from !== '');
  return pages;
}
