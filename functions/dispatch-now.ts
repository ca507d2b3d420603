// Dispatching right after a submission, so that nobody waits for the kick or the tick.
import type { InvocationContext } from '@azure/functions';

import type { Services } from '../app/services';
import { messageOf } from '../domain/errors';
import { coalesced } from '../jobs/flow/coalesced';
import type { Dispatched } from '../jobs/placement/dispatch';
import { dispatchUnlessDraining } from '../jobs/placement/dispatch-unless-draining';
import { PLAIN_KICK } from '../jobs/placement/kick';
import { withStarter } from './context';

const share = coalesced<Dispatched>();

/** The submission stands whatever happens here: what fails is left to a kick, and that one to the minute tick. */
export async function dispatchNow(services: Services, context: InvocationContext): Promise<void> {
  try {
    await share(() => dispatchUnlessDraining(withStarter(services, context), 'chances'));
  } catch (error) {
    context.warn(`Dispatching right after a submission failed, a kick follows: ${messageOf(error)}`);
    await services.kicks.send(PLAIN_KICK);
  }
}
