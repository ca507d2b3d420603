// Registers the orchestration and its activities under the names that the contract gives them.
import * as df from 'durable-functions';

import type { Services } from '../../app/services';
import { createActivities } from '../../jobs/attempt/activities';
import { ACTIVITY_NAMES, RUN_ATTEMPT, storySchema } from '../../orchestrations/activity-contract';
import { runAttempt } from '../../orchestrations/run-attempt';
import { withLog } from '../context';

export function registerStory(services: Services): void {
  df.app.orchestration(RUN_ATTEMPT, runAttempt);
  for (const name of ACTIVITY_NAMES) {
    df.app.activity(name, {
      handler: (input: unknown, context) =>
        createActivities(withLog(services, context))[name](storySchema.parse(input)),
    });
  }
}
