// Registers the orchestration and its activity under the names that the contract gives them.
import * as df from 'durable-functions';

import type { Services } from '../../app/services';
import { advance } from '../../jobs/attempt/advance';
import { ADVANCE_ATTEMPT, RUN_ATTEMPT, storySchema } from '../../orchestrations/activity-contract';
import { runAttempt } from '../../orchestrations/run-attempt';
import { withLog } from '../context';

export function registerStory(services: Services): void {
  df.app.orchestration(RUN_ATTEMPT, runAttempt);
  df.app.activity(ADVANCE_ATTEMPT, {
    handler: (input: unknown, context) => advance(withLog(services, context), storySchema.parse(input)),
  });
}
