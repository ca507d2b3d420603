// What the minute tick does, in order; each part is run whatever became of the one before.
import { freeAllHolders } from '../placement/dispatch';
import { dispatchUnlessDraining } from '../placement/dispatch-unless-draining';
import { refreshQuotas } from '../placement/quota-readings';
import { fireSchedules } from '../schedule/fire-schedules';
import { completeLogs } from './complete-logs';
import { sweep } from './sweep';
import { takeOverJobs } from './take-over';
import { watchUsage } from './watch-usage';

export const TICK_PARTS = [
  fireSchedules,
  sweep,
  takeOverJobs,
  freeAllHolders,
  dispatchUnlessDraining,
  refreshQuotas,
  watchUsage,
  completeLogs,
] as const;
