// Dispatches right after a submission, so that the job need not wait for a kick or the tick.
import type { InvocationContext } from '@azure/functions';

import type { Services } from '../app/services';
import { messageOf } from '../domain/errors';
import { createCoalescer } from '../jobs/flow/coalesced';
import type { Dispatched } from '../jobs/placement/dispatch';
import { dispatchUnlessDraining } from '../jobs/placement/dispatch-unless-draining';
import { PLAIN_KICK } from '../jobs/placement/kick';
import { withStarter } from './context';

const share = createCoalescer<Dispatched>();

/**
 * The submission stands whatever happens here. If the dispatch fails a kick follows, and if that fails too, the tick.
 */
export async function dispatchNow(services: Services, context: InvocationContext): Promise<void> {
  try {
    await share(() => dispatchUnlessDraining(withStarter(services, context), 'chances'));
  } catch (error) {
    context.warn(`Dispatching right after a submission failed, a kick follows: ${messageOf(error)}`);
    await services.kicks.send(PLAIN_KICK);
  }
}
