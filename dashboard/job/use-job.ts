// One job, kept fresh: a request waits for its next version; what changes without one is read now and then.
import { useEffect, useState } from 'preact/hooks';

import type { JobView } from '../../api/jobs';
import { isGone } from '../../client/job-end';
import { isAborted } from '../api/aborted';
import { asError } from '../api/as-error';
import { pauseWhile } from '../api/pause';
import { useApi } from '../api/use-api';

export interface LiveJob {
  readonly job: JobView | undefined;
  readonly error: Error | undefined;
  /** Shows this version, which a request of the page was answered with. */
  readonly show: (job: JobView) => void;
}

/** Seconds that a request waits for a change. */
const WAIT_S = 10;
/** After an answer, milliseconds: a job that changes quickly is not asked for without a pause. */
const PAUSE_MS = 300;
const AFTER_FAILURE_MS = 3_000;
/** Of a job that is gone only its log's completion may still change. */
const WHEN_GONE_MS = 30_000;

export function useJob(id: string): LiveJob {
  const api = useApi();
  const [state, setState] = useState<{ job?: JobView; error?: Error | undefined }>({});
  useEffect(() => {
    const ended = new AbortController();
    const { signal } = ended;
    const run = async (): Promise<void> => {
      let unless: string | undefined;
      while (!signal.aborted) {
        let pauseMs = PAUSE_MS;
        try {
          const read = await api.job(id, { unless, waitS: WAIT_S, signal });
          // Why it waits and what it cost so far change without a new version: after a wait in vain all is read again.
          unless = read?.etag;
          if (read !== undefined) setState({ job: read.job });
          if (read !== undefined && isGone(read.job)) pauseMs = WHEN_GONE_MS;
        } catch (error) {
          if (isAborted(error)) return;
          setState((old) => ({ ...old, error: asError(error) }));
          pauseMs = AFTER_FAILURE_MS;
        }
        await pauseWhile(pauseMs, signal);
      }
    };
    void run();
    return () => ended.abort();
  }, [id]);
  return { job: state.job, error: state.error, show: (job) => setState({ job }) };
}
