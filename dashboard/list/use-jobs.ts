// The jobs of a filter: the first page stays fresh, the next ones come as they are scrolled to.
import { useEffect, useRef, useState } from 'preact/hooks';

import type { JobSummary } from '../../domain/lists/job-summary';
import { asError } from '../api/as-error';
import { useApi } from '../api/use-api';
import { type Live, useLive } from '../api/use-live';
import type { ListFilter } from '../route';
import { mergePage } from './merge-page';

/** Jobs a page: one storage request, and more than a screen shows. */
const PAGE = 100;
const EVERY_MS = 4_000;

export interface Jobs {
  /** Undefined: not read yet. */
  readonly jobs: readonly JobSummary[] | undefined;
  readonly error: Error | undefined;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly loadMore: () => void;
  readonly refresh: () => void;
}

/** Lists by an id's beginning, and of a group, have orders of their own. */
function isNewestFirst({ idPrefix, group }: ListFilter): boolean {
  return idPrefix === undefined && group === undefined;
}

interface Known {
  readonly key: string;
  readonly jobs: readonly JobSummary[];
  readonly next: string | undefined;
}

export function useJobs(filter: ListFilter): Jobs {
  const api = useApi();
  const key = JSON.stringify(filter);
  const [known, setKnown] = useState<Known>();
  const [isLoadingMore, setLoading] = useState(false);
  const [moreError, setMoreError] = useState<Error>();
  const current = useRef(key);
  current.current = key;

  const first: Live<unknown> = useLive(
    async (signal) => {
      const page = await api.list({ ...filter, limit: PAGE }, signal);
      const read = { jobs: page.jobs, isFirst: true, isLast: page.continuation === undefined };
      setKnown((old) =>
        old?.key === key && isNewestFirst(filter)
          ? { ...old, jobs: mergePage(old.jobs, read) }
          : { key, jobs: page.jobs, next: page.continuation },
      );
      return page;
    },
    EVERY_MS,
    key,
  );

  const shown = known?.key === key ? known : undefined;
  const loadMore = (): void => {
    if (isLoadingMore || shown?.next === undefined) return;
    setLoading(true);
    setMoreError(undefined);
    api
      .list({ ...filter, limit: PAGE, continuation: shown.next })
      .then(({ jobs, continuation }) => {
        if (current.current !== key) return;
        setKnown((old) => {
          if (old?.key !== key) return old;
          const have = new Set(old.jobs.map(({ id }) => id));
          const added = jobs.filter(({ id }) => !have.has(id));
          return { key, jobs: [...old.jobs, ...added], next: continuation };
        });
      })
      .catch((error: unknown) => setMoreError(asError(error)))
      .finally(() => setLoading(false));
  };
  useEffect(() => setMoreError(undefined), [key]);
  return {
    jobs: shown?.jobs,
    error: first.error ?? moreError,
    hasMore: shown?.next !== undefined && moreError === undefined,
    isLoadingMore,
    loadMore,
    refresh: first.refresh,
  };
}
