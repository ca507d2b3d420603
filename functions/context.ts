// What an invocation gets: the services, with a log of its own and a starter bound to its Durable client.
import type { InvocationContext } from '@azure/functions';
import * as df from 'durable-functions';

import type { Services } from '../app/services';
import { withoutSignatures } from '../domain/parse/without-secrets';
import type { InvocationPorts, Ports } from '../jobs/ports';
import { createDurableStarter } from './durable/durable-starter';

/** Binds the Durable client to a function; `withStarter` needs it. */
export const DURABLE_CLIENT = df.input.durableClient();

export function withLog(services: Services, context: InvocationContext): Ports {
  const log = {
    info: (message: string) => context.log(withoutSignatures(message)),
    warn: (message: string) => context.warn(withoutSignatures(message)),
    error: (message: string) => context.error(withoutSignatures(message)),
  };
  return { ...services, log };
}

export function withStarter(services: Services, context: InvocationContext): Ports & InvocationPorts {
  return { ...withLog(services, context), starter: createDurableStarter(df.getClient(context)) };
}
