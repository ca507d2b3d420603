// What the page shows, as its address tells it: in the fragment, which no request carries and no server logs.

/** Filters of the list, by the names that `GET /api/jobs` gives them; only those that are set. */
export type ListFilter = Readonly<Partial<Record<FilterName, string | undefined>>>;

const FILTER_NAMES = [
  'state',
  'labels',
  'name',
  'placement',
  'schedule',
  'group',
  'idPrefix',
  'since',
  'until',
] as const;
export type FilterName = (typeof FILTER_NAMES)[number];

export type Route =
  | { readonly page: 'jobs'; readonly filter: ListFilter }
  | { readonly page: 'job'; readonly id: string; readonly attempt?: number | undefined }
  | { readonly page: 'submit'; readonly from?: string | undefined }
  | { readonly page: 'schedules' }
  | { readonly page: 'placements' }
  | { readonly page: 'plots'; readonly period?: string | undefined; readonly by?: string | undefined };

const JOB = /^\/jobs\/(j[0-9a-z]{19})$/;

/** `hash` as the browser tells it, with its `#`. What leads nowhere is the list. */
export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#/, '').split('?', 2);
  const query = new URLSearchParams(search);
  const id = JOB.exec(path)?.[1];
  if (id !== undefined) return { page: 'job', id, attempt: attemptOf(query.get('attempt')) };
  switch (path) {
    case '/submit':
      return { page: 'submit', from: query.get('from') ?? undefined };
    case '/schedules':
    case '/placements':
      return { page: path.slice(1) as 'schedules' | 'placements' };
    case '/plots':
      return { page: 'plots', period: query.get('period') ?? undefined, by: query.get('by') ?? undefined };
    default:
      return { page: 'jobs', filter: filterOf(query) };
  }
}

/** The address of a route, to be a link's `href`. */
export function hrefOf(route: Route): string {
  switch (route.page) {
    case 'jobs':
      return `#/jobs${searchOf(route.filter)}`;
    case 'job':
      return `#/jobs/${route.id}${searchOf({ attempt: route.attempt?.toString() })}`;
    case 'submit':
      return `#/submit${searchOf({ from: route.from })}`;
    case 'schedules':
    case 'placements':
      return `#/${route.page}`;
    case 'plots':
      return `#/plots${searchOf({ period: route.period, by: route.by })}`;
  }
}

function filterOf(query: URLSearchParams): ListFilter {
  return Object.fromEntries(
    FILTER_NAMES.flatMap((name) => {
      const value = query.get(name);
      return value === null || value === '' ? [] : [[name, value]];
    }),
  );
}

function searchOf(values: Readonly<Record<string, string | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(values))
    if (value !== undefined && value !== '') search.set(name, value);
  return search.size === 0 ? '' : `?${search.toString()}`;
}

function attemptOf(text: string | null): number | undefined {
  return text !== null && /^[1-9]\d{0,3}$/.test(text) ? Number(text) : undefined;
}
