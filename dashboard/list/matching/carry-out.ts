// Carries out an action on all jobs that match, page by page. It may be broken off anywhere and be gone on with: jobs
// are submitted again under one key, so each becomes one new job however often it is asked for.
import { asError } from '../../api/as-error';
import type { Api } from '../../api/calls';
import { ApiProblem } from '../../api/request';
import type { Action } from '../action-words';
import type { Part } from './parts';

export interface Task {
  readonly action: Action;
  readonly parts: readonly Part[];
  /** The idempotency key of all that the one question leads to. */
  readonly key: string;
}

export interface Progress {
  /** Ids of the jobs for which it is done. */
  readonly done: ReadonlySet<string>;
  /** Those for which the API refused it, and why. */
  readonly refused: ReadonlyMap<string, string>;
  /** Where to go on; undefined: all is done. */
  readonly rest: { readonly part: number; readonly continuation: string | undefined } | undefined;
}

export const BEGINNING: Progress = {
  done: new Set(),
  refused: new Map(),
  rest: { part: 0, continuation: undefined },
};

type Calls = Pick<Api, 'list' | 'cancel' | 'resubmit' | 'cancelMany' | 'resubmitMany'>;

const PAGE = 100;
/** Pages until somebody is asked whether to go on. */
const PAGES = 20;

/**
 * Goes on from `progress` until all is done, or `signal` aborts, or so many pages are through. Each step is told.
 * Rejects where the API does not answer or asks to wait; what was told last is where to go on.
 */
export async function carryOut(
  api: Calls,
  task: Task,
  progress: Progress,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Progress> {
  let now = progress;
  const isStopped = (): boolean => signal.aborted;
  const tell = (changed: Partial<Progress>): void => {
    now = { ...now, ...changed };
    onProgress(now);
  };
  for (let page = 0; page < PAGES && now.rest !== undefined && !isStopped(); page += 1) {
    const { part, continuation } = now.rest;
    const asked = task.parts[part];
    if (asked === undefined) {
      tell({ rest: undefined });
      break;
    }
    const next = await onePage(api, task, asked, continuation, tell, () => now, signal);
    if (isStopped()) break;
    const rest =
      next === undefined ? { part: part + 1, continuation: undefined } : { part, continuation: next };
    tell({ rest: rest.part < task.parts.length ? rest : undefined });
  }
  return now;
}

/** Resolves to where the part goes on. */
async function onePage(
  api: Calls,
  { action, key }: Task,
  part: Part,
  continuation: string | undefined,
  tell: (changed: Partial<Progress>) => void,
  now: () => Progress,
  signal: AbortSignal,
): Promise<string | undefined> {
  const done = (ids: readonly string[]): void => tell({ done: new Set([...now().done, ...ids]) });
  const refused = (id: string, why: string): void =>
    tell({ refused: new Map([...now().refused, [id, why]]) });
  switch (part.kind) {
    case 'cancel': {
      done((await api.cancelMany(part.which)).canceled);
      return undefined;
    }
    case 'resubmit': {
      const page = await api.resubmitMany({ ...part.which, continuation }, key);
      done(page.resubmitted.map(({ from }) => from));
      for (const { id, detail } of page.refused) refused(id, detail);
      return page.continuation;
    }
    case 'walk': {
      const page = await api.list({ ...part.filter, limit: PAGE, continuation }, signal);
      for (const { id } of page.jobs) {
        if (signal.aborted) break;
        try {
          await (action === 'cancel' ? api.cancel(id) : api.resubmit(id, key));
          done([id]);
        } catch (error) {
          if (!isOfOneJob(error)) throw error;
          refused(id, asError(error).message);
        }
      }
      return page.continuation;
    }
  }
}

const UNAUTHORIZED = 401;
const TOO_MANY = 429;

/** Whether the answer is about the one job, and the next may still be sent. */
function isOfOneJob(error: unknown): boolean {
  if (!(error instanceof ApiProblem)) return false;
  return (
    error.status >= 400 && error.status < 500 && error.status !== UNAUTHORIZED && error.status !== TOO_MANY
  );
}
