// What the minute tick does, in order; each part is run whatever became of the one before.
import { freeAllHolders } from './dispatch';
import { dispatchUnlessDraining } from './dispatch-unless-draining';
import { fireSchedules } from './fire-schedules';
import { refreshQuotas } from './quota-readings';
import { sweep } from './sweep';
import { takeUpJobs } from './take-up';

export const TICK_PARTS = [
  fireSchedules,
  sweep,
  takeUpJobs,
  freeAllHolders,
  dispatchUnlessDraining,
  refreshQuotas,
] as const;
