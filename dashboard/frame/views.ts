// The views that the navigation leads to, in its order, each with its title.
import type { Route } from '../route';

interface View {
  readonly route: Route;
  readonly title: string;
}

export const VIEWS: readonly View[] = [
  { route: { page: 'jobs', filter: {} }, title: 'Jobs' },
  { route: { page: 'submit' }, title: 'Submit' },
  { route: { page: 'schedules' }, title: 'Schedules' },
  { route: { page: 'placements' }, title: 'Placements' },
  { route: { page: 'plots' }, title: 'Plots' },
];

/** A page that the navigation does not name is a job. */
export function titleOf(page: Route['page']): string {
  return VIEWS.find(({ route }) => route.page === page)?.title ?? 'Job';
}
