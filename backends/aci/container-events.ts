// Whether a container's events show that its image can't be pulled or its program not started. Pure.
import type { Event } from '@azure/arm-containerinstance';

import type { Reason } from '../../domain/job/failure-reason';
import { imageReason, startReason } from './failure-reasons';
import { OF_A_START } from './start-failures';

/** How texts about a pull begin. What they quote after that may say anything. */
const OF_A_PULL =
  /^\W*(error:\s*)?(failed to (pull|inspect image|apply default image)|back-?off pulling|errimage|imagepull|imageinspect|invalidimagename)/i;

/**
 * What keeps the program from starting, by its events; undefined as long as none says so, and once `Started` outweighs
 * them. `Failed` names both kinds of trouble, and texts of one quote words of the other (a command, an image's name):
 * how a text begins decides first.
 */
export function startTroubleOf(
  events: readonly Event[],
): { readonly about: 'pull' | 'start'; readonly reason: Reason } | undefined {
  if (events.some(({ name }) => name === 'Started')) return undefined;
  const start = events.findLast((event) => aboutOf(event) === 'start');
  if (start !== undefined) return { about: 'start', reason: startReason(start.message ?? '') };
  if (events.some(({ name }) => name === 'Pulled')) return undefined;
  const pulls = events.filter((event) => aboutOf(event) === 'pull');
  const pull = pulls.findLast(({ name }) => name === 'Failed') ?? pulls.at(-1);
  return pull === undefined ? undefined : { about: 'pull', reason: imageReason(pull.message ?? '') };
}

function aboutOf({ name, message = '' }: Event): 'pull' | 'start' | undefined {
  if (name !== 'Failed' && name !== 'BackOff') return undefined;
  if (OF_A_PULL.test(message)) return 'pull';
  if (name === 'Failed' && OF_A_START.test(message)) return 'start';
  return /pull/i.test(message) ? 'pull' : undefined;
}
