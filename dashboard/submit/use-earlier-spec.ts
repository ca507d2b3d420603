// The spec of an earlier job, to be changed and submitted again.
import { useEffect, useState } from 'preact/hooks';

import { isAborted } from '../api/aborted';
import { asError } from '../api/as-error';
import { useApi } from '../api/use-api';

/** Calls `onSpec` once for each id. Resolves to why the job could not be read, if it could not. */
export function useEarlierSpec(
  id: string | undefined,
  onSpec: (spec: Readonly<Record<string, unknown>>) => void,
): Error | undefined {
  const api = useApi();
  const [error, setError] = useState<Error>();
  useEffect(() => {
    if (id === undefined) return;
    const ended = new AbortController();
    const read = async (): Promise<void> => {
      try {
        const answer = await api.job(id, { signal: ended.signal });
        const spec = answer?.job.spec;
        if (spec === undefined) setError(new Error(`Nothing is known of what job ${id} asked for.`));
        else onSpec(spec);
      } catch (failure) {
        if (!isAborted(failure)) setError(asError(failure));
      }
    };
    void read();
    return () => ended.abort();
  }, [api, id]);
  return error;
}
