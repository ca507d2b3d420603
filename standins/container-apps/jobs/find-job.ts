// Finds the job that a request names.
import { ArmFault } from '../../wire/arm-error';
import type { Action, ContainerAppsContext } from '../context';
import { notFoundByGateway } from '../resource-fault';
import type { Job, JobPlace } from './job-store';

export function jobPlaceOf(match: Parameters<Action>[2]): JobPlace {
  return {
    subscription: match.param('subscription'),
    resourceGroup: match.param('resourceGroup'),
    name: match.param('name'),
  };
}

/** Throws 404 in the words of the gateway (recorded in 2025), or of the provider (2023). */
export function foundJob({ jobs, settings }: ContainerAppsContext, match: Parameters<Action>[2]): Job {
  const place = jobPlaceOf(match);
  const job = jobs.get(place);
  if (job) return job;
  if (settings.switches.jobNotFound === 'gateway')
    throw notFoundByGateway('jobs', place.name, place.resourceGroup);
  throw new ArmFault(
    404,
    'ContainerAppsJobNotFound',
    `The container apps job with name '${place.name}' was not found.`,
  );
}
