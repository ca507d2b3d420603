// What is asked of the API to act on all jobs that fit the list's filters, loaded or not. Pure.
import type { ResubmitJobs } from '../../../api/resubmit-jobs';
import type { JobState } from '../../../domain/job/job-state';
import type { CancelJobs } from '../../api/calls';
import { STATES } from '../../frame/states';
import type { ListFilter } from '../../route';
import type { Action } from '../action-words';

/** Calls of one kind. Where the API has no call for such a filter, the list is walked and each job is sent alone. */
export type Part =
  | { readonly kind: 'cancel'; readonly which: CancelJobs }
  | { readonly kind: 'resubmit'; readonly which: ResubmitJobs }
  | { readonly kind: 'walk'; readonly filter: ListFilter };

const ENDS: readonly JobState[] = ['Succeeded', 'Failed', 'Rejected', 'TimedOut', 'Canceled'];

/** The filter of those jobs for which the action is; undefined where no job that fits can be one of them. */
export function narrowed(filter: ListFilter, action: Action): ListFilter | undefined {
  const states = statesOf(filter, action);
  return states.length === 0 ? undefined : { ...filter, state: states.join(',') };
}

/** `before`: jobs that are submitted then or later are left alone, as no question has told of them. */
export function partsOf(given: ListFilter, action: Action, before: string): readonly Part[] {
  const filter = { ...given, until: earlier(given.until, before) };
  const states = statesOf(filter, action);
  const labels = labelsOf(filter);
  if (states.length === 0) return [];
  if (action === 'cancel') {
    const { name, schedule, placement, since, until } = filter;
    if (filter.idPrefix !== undefined || labels === 'unreadable') return walk(filter, states);
    const which = {
      labels,
      states: [...states],
      name,
      schedule,
      placements: placement?.split(','),
      since,
      until,
    };
    return [{ kind: 'cancel', which }];
  }
  const { name, schedule, placement, idPrefix, since, until } = filter;
  const isCalled = [name, schedule, placement, idPrefix].every((value) => value === undefined);
  if (!isCalled || labels === 'unreadable') return walk(filter, states);
  return states.flatMap((state): readonly Part[] =>
    state === 'Failed' || state === 'Rejected' || state === 'TimedOut' || state === 'Canceled'
      ? [{ kind: 'resubmit', which: { state, label: labels, since, until } }]
      : walk(filter, [state]),
  );
}

function walk(filter: ListFilter, states: readonly JobState[]): readonly Part[] {
  return [{ kind: 'walk', filter: { ...filter, state: states.join(',') } }];
}

/** Those of the filter, or all, in which a job can be cancelled, or submitted again. */
function statesOf({ state }: ListFilter, action: Action): readonly JobState[] {
  const chosen = state?.toLowerCase().split(',');
  return STATES.filter(
    (one) =>
      ENDS.includes(one) === (action === 'again') &&
      (chosen === undefined || chosen.includes(one.toLowerCase())),
  );
}

/** What is no object of texts goes to the list as it is, and the API says what is wrong with it. */
function labelsOf({ labels }: ListFilter): Record<string, string> | undefined | 'unreadable' {
  if (labels === undefined) return undefined;
  try {
    const read: unknown = JSON.parse(labels);
    if (typeof read !== 'object' || read === null || Array.isArray(read)) return 'unreadable';
    const entries = Object.entries(read).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    return entries.length === Object.keys(read).length ? Object.fromEntries(entries) : 'unreadable';
  } catch {
    return 'unreadable';
  }
}

function earlier(until: string | undefined, before: string): string {
  return until !== undefined && Date.parse(until) < Date.parse(before) ? until : before;
}
