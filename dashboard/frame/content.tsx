// Which component shows a route.
import type { JSX } from 'preact';

import { JobPage } from '../job/job-page';
import { JobsPage } from '../list/jobs-page';
import { PlacementsPage } from '../placements/placements-page';
import type { Route } from '../route';
import { SchedulesPage } from '../schedules/schedules-page';
import { SubmitPage } from '../submit/submit-page';
import { Lazy } from './lazy';

const loadPlots = () => import('../plots/plots-page');

export function contentOf(route: Route): JSX.Element {
  switch (route.page) {
    case 'job':
      return <JobPage id={route.id} attempt={route.attempt} />;
    case 'submit':
      return <SubmitPage key={route.from} from={route.from} />;
    case 'schedules':
      return <SchedulesPage />;
    case 'placements':
      return <PlacementsPage />;
    case 'plots':
      return (
        <Lazy load={loadPlots}>{({ PlotsPage }) => <PlotsPage period={route.period} by={route.by} />}</Lazy>
      );
    case 'jobs':
      return <JobsPage filter={route.filter} />;
  }
}
