// The course of an action on all jobs that match: counted, asked about, carried out, broken off, gone on with.
import { useEffect, useRef, useState } from 'preact/hooks';

import { isAborted } from '../../api/aborted';
import { asError } from '../../api/as-error';
import { useApi } from '../../api/use-api';
import type { ListFilter } from '../../route';
import type { Action } from '../action-words';
import { BEGINNING, carryOut, type Progress, type Task } from './carry-out';
import { type Count, countJobs } from './count';
import { narrowed, partsOf } from './parts';

type Course =
  | { readonly at: 'nothing' }
  | { readonly at: 'counting' }
  | { readonly at: 'none'; readonly action: Action }
  | { readonly at: 'asked'; readonly action: Action; readonly counted: Count }
  | { readonly at: 'going' | 'resting'; readonly task: Task; readonly progress: Progress };

export interface Matching {
  readonly course: Course;
  readonly error: Error | undefined;
  readonly ask: (action: Action) => void;
  readonly leave: () => void;
  /** The answer to the question. */
  readonly begin: () => void;
  readonly stop: () => void;
  readonly goOn: () => void;
}

/** Of one filter; what is going on ends when the component leaves. */
export function useMatching(filter: ListFilter): Matching {
  const api = useApi();
  const [course, setCourse] = useState<Course>({ at: 'nothing' });
  const [error, setError] = useState<Error>();
  const running = useRef(new AbortController());
  useEffect(() => () => running.current.abort(), []);

  const attempt = async (act: (signal: AbortSignal) => Promise<void>): Promise<void> => {
    running.current = new AbortController();
    setError(undefined);
    try {
      await act(running.current.signal);
    } catch (thrown) {
      if (!isAborted(thrown)) setError(asError(thrown));
    }
  };
  const ask = (action: Action): void => {
    const which = narrowed(filter, action);
    if (which === undefined) {
      setCourse({ at: 'none', action });
      return;
    }
    setCourse({ at: 'counting' });
    void attempt(async (signal) => {
      const counted = await countJobs(api, which, signal).catch((thrown: unknown) => {
        setCourse({ at: 'nothing' });
        throw thrown;
      });
      const isNone = counted.count === 0 && !counted.isMore;
      setCourse(isNone ? { at: 'none', action } : { at: 'asked', action, counted });
    });
  };
  const run = (task: Task, from: Progress): void => {
    let last = from;
    const at = (where: 'going' | 'resting') => setCourse({ at: where, task, progress: last });
    at('going');
    void attempt(async (signal) => {
      const tell = (progress: Progress): void => {
        last = progress;
        at('going');
      };
      await carryOut(api, task, from, tell, signal);
    }).then(() => at('resting'));
  };
  return {
    course,
    error,
    ask,
    leave: () => setCourse({ at: 'nothing' }),
    begin: () => {
      if (course.at !== 'asked') return;
      const { action, counted } = course;
      run({ action, parts: partsOf(filter, action, counted.before), key: crypto.randomUUID() }, BEGINNING);
    },
    stop: () => running.current.abort(),
    goOn: () => {
      if (course.at === 'resting') run(course.task, course.progress);
    },
  };
}
