// Each failure that Container Apps can show ends an attempt with its own reason and class: whole jobs, through the
// genuine client. docs/container-apps.md has the table.
import type { Fault } from '../../../standins/container-apps/faults/fault';
import type { ImageStanding } from '../../../standins/containers/runtime';
import { type AppsParts, createAppsWorld, HOUR } from '../../support/world/container-apps-world';
import { armError } from '../../support/world/region';

const UNKNOWN_PROFILE =
  "The workload profile 'serverless-t4' does not exist in the managed environment 'env1'.";
const NO_CORES =
  'Maximum Allowed Cores exceeded for the Managed Environment. Please check https://learn.microsoft.com/en-us/azure/container-apps/quotas for resource limits';

const refusing =
  (
    method: 'PUT' | 'POST',
    status: number,
    code: string,
    message: string,
  ): NonNullable<AppsParts['intercept']> =>
  (request) => {
    if (request.method !== method) return undefined;
    const isOne = method === 'PUT' || request.url.pathname.endsWith('/start');
    return isOne ? armError(status, code, message) : undefined;
  };
const faulty = (fault: Fault): AppsParts => ({ faults: [fault] });
const ending = (code: number): AppsParts => ({
  script: () => ({ prints: [], exit: { atMs: 1_000, code } }),
});
const image = (standing: ImageStanding): AppsParts => ({ standingOf: () => standing });
/** No answer has `detailedStatus`, as with the versions of the interface that lack it. */
const withoutDetails: AppsParts['way'] = (service) => async (request) => {
  const answer = await service(request);
  if (!request.url.pathname.endsWith('/executions')) return answer;
  const body = String(answer.body)
    .replaceAll('"detailedStatus"', '"other"')
    .replaceAll('"reason"', '"another"');
  return { ...answer, body };
};

/** What is shown; what the attempt ends with. */
const FAILURES: readonly (readonly [string, AppsParts, { readonly code: string; readonly class: string }])[] =
  [
    [
      'a definition whose profile the environment lacks',
      { intercept: refusing('PUT', 400, 'InvalidParameterValueInContainerTemplate', UNKNOWN_PROFILE) },
      { code: 'refused', class: 'infrastructure' },
    ],
    [
      'a definition that a quota refuses',
      { intercept: refusing('PUT', 400, 'MaximumAllowedCoresExceeded', NO_CORES) },
      { code: 'quota', class: 'infrastructure' },
    ],
    [
      'a definition in a resource group that is missing',
      {
        intercept: refusing('PUT', 404, 'ResourceGroupNotFound', "Resource group 'rg1' could not be found."),
      },
      { code: 'refused', class: 'infrastructure' },
    ],
    [
      'a definition that is invalid',
      {
        intercept: refusing(
          'PUT',
          400,
          'ContainerAppInvalidResourceTotal',
          'The total requested CPU is off.',
        ),
      },
      { code: 'refused', class: 'user' },
    ],
    [
      'a definition that came to nothing',
      faulty({ kind: 'failed-put', count: 1 }),
      { code: 'refused', class: 'infrastructure' },
    ],
    [
      'a start that is forbidden',
      { intercept: refusing('POST', 403, 'AuthorizationFailed', 'No right to start.') },
      { code: 'refused', class: 'infrastructure' },
    ],
    [
      'a start among too many',
      { intercept: refusing('POST', 429, 'TooManyRequests', 'Slow down.') },
      { code: 'throttled', class: 'infrastructure' },
    ],
    [
      'a start of which nothing comes',
      faulty({ kind: 'lost-answer', of: 'start', effect: false, count: 1 }),
      { code: 'given-up', class: 'infrastructure' },
    ],
    [
      'an image that does not come',
      image({ kind: 'unpullable', why: 'dial tcp: connection refused' }),
      { code: 'image-pull', class: 'infrastructure' },
    ],
    ['a program that ends with 3', ending(3), { code: 'exit-code', class: 'user' }],
    ['a program that is killed', ending(137), { code: 'killed', class: 'user' }],
    [
      'a program that can not be started',
      { script: () => ({ prints: [], cannotStart: 'exec: "no-such-program": executable file not found' }) },
      { code: 'cannot-start', class: 'infrastructure' },
    ],
    [
      'an end that the log of the platform alone tells',
      { ...ending(3), way: withoutDetails },
      { code: 'exit-code', class: 'user' },
    ],
    [
      'an end of which nothing tells how',
      { ...ending(3), switches: { jobEvents: 'absent' }, way: withoutDetails },
      { code: 'lost', class: 'infrastructure' },
    ],
    [
      'an execution that never leaves Processing',
      faulty({ kind: 'stuck-processing', count: 1 }),
      { code: 'provisioning-deadline', class: 'infrastructure' },
    ],
  ];

test.each(FAILURES)('%s', async (_shown, parts, { code, class: ofClass }) => {
  const world = await createAppsWorld(parts);
  const jobId = await world.submit({ retry: { attempts: 1 } });
  const { attempts } = await world.until(jobId, (job) => job.attempts[0]?.cleanup === 'gone', 2 * HOUR);
  expect(attempts).toMatchObject([{ placement: 'apps', reason: { code, class: ofClass } }]);
  expect(attempts[0]?.reason?.message).not.toBe('');
  expect(world.stage.standIn.left()).toEqual({ jobs: [], executions: [] });
});
