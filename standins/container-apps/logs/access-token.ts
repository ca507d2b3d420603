// The tokens with which the streams are read.
import { json, type WireRequest } from '../../wire/handler';
import type { Action, ContainerAppsContext } from '../context';
import { foundJob } from '../jobs/find-job';
import { displayRegion } from '../regions';
import { zonedStamp } from '../stamps';

/** One hour (recorded). */
export const getAuthToken: Action = (context, _request, match) => {
  const job = foundJob(context, match);
  const expires = context.clock.now() + context.settings.times.tokenMs;
  const token = context.newId();
  context.tokens.set(token, expires);
  return json(200, {
    location: displayRegion(job.location),
    properties: { token, expires: zonedStamp(expires) },
    id: job.id,
    name: job.place.name,
    type: 'Microsoft.App/jobs/accesstoken',
  });
};

/** Whether a request to a stream has a token that is still good. */
export function hasGoodToken({ tokens, clock }: ContainerAppsContext, { headers }: WireRequest): boolean {
  const token = /^Bearer (.+)$/i.exec(headers['authorization'] ?? '')?.[1];
  const expires = token === undefined ? undefined : tokens.get(token);
  return expires !== undefined && expires > clock.now();
}
