// How many jobs fit a filter, by so many pages of the list and no more.
import type { Api } from '../../api/calls';
import type { ListFilter } from '../../route';

export interface Count {
  readonly count: number;
  /** There may be more: the list goes on behind what was read. */
  readonly isMore: boolean;
  /** An instant after the newest of them, which jobs that come later are not before. */
  readonly before: string;
}

/** The most that the API gives in one answer. */
const PAGE = 200;
const PAGES = 5;

export async function countJobs(
  { list }: Pick<Api, 'list'>,
  filter: ListFilter,
  signal?: AbortSignal,
): Promise<Count> {
  let [count, newest] = [0, 0];
  let continuation: string | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const read = await list({ ...filter, limit: PAGE, continuation }, signal);
    count += read.jobs.length;
    for (const { createdAt } of read.jobs) newest = Math.max(newest, Date.parse(createdAt));
    ({ continuation } = read);
    if (continuation === undefined) break;
  }
  // Where none was found the reader's clock has to do: what is older may still be found.
  const before = new Date(newest === 0 ? Date.now() : newest + 1).toISOString();
  return { count, isMore: continuation !== undefined, before };
}
