// All activities of the story, by the names under which they are registered.
import type { Activity, ActivityName } from '../../orchestrations/activity-contract';
import type { Ports } from '../ports';
import { archiveTail } from './archive-tail';
import { createWorkload } from './create-workload';
import { observeWorkload } from './observe-workload';
import { removeWorkload } from './remove-workload';
import { requestRemoval } from './request-removal';
import { settleAttempt } from './settle-attempt';

export function createActivities(ports: Ports): Readonly<Record<ActivityName, Activity>> {
  return {
    createWorkload: createWorkload(ports),
    observeWorkload: observeWorkload(ports),
    archiveTail: archiveTail(ports),
    requestRemoval: requestRemoval(ports),
    settleAttempt: settleAttempt(ports),
    removeWorkload: removeWorkload(ports),
  };
}
