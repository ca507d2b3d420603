// The tokens with which the streams are read.
import { ArmFault } from '../../wire/arm-error';
import { json, type WireRequest, type WireResponse } from '../../wire/handler';
import type { Action, ContainerAppsContext } from '../context';
import { found } from '../environments/environments-api';
import { foundJob } from '../jobs/find-job';
import { displayRegion } from '../regions';
import { zonedStamp } from '../stamps';

/** For the log streams of a job's executions, and its event stream. */
export const getAuthToken: Action = (context, _request, match) => {
  const job = foundJob(context, match);
  return issued(context, { ...job, name: job.place.name, type: 'Microsoft.App/jobs/accesstoken' });
};

/** For the event stream of an environment. The shape is the specification's; no answer of it is recorded. */
export const getEnvironmentAuthToken: Action = (context, _request, match) => {
  const environment = found(context, match);
  const { name } = environment.place;
  return issued(context, { ...environment, name, type: 'Microsoft.App/managedEnvironments/accesstoken' });
};

interface TokenOwner {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly type: string;
}

/** Good for one hour (recorded). */
function issued(context: ContainerAppsContext, { id, name, location, type }: TokenOwner): WireResponse {
  const expires = context.clock.now() + context.settings.times.tokenMs;
  const token = context.newId();
  context.tokens.set(token, expires);
  const properties = { token, expires: zonedStamp(expires) };
  return json(200, { location: displayRegion(location), properties, id, name, type });
}

/** Refuses a request to a stream without a token that is still good. No source confirms the answer. */
export function checkToken({ tokens, clock }: ContainerAppsContext, { headers }: WireRequest): void {
  const token = /^Bearer (.+)$/i.exec(headers['authorization'] ?? '')?.[1];
  const expires = token === undefined ? undefined : tokens.get(token);
  if (expires !== undefined && expires > clock.now()) return;
  throw new ArmFault(
    401,
    'Unauthorized',
    'The token is missing, wrong or expired. Ask getAuthToken for another.',
  );
}
