// What no source shows of definitions and environments, answered each way.
import { z } from 'zod';

import { type Answer, jobBody, makeJob, request, setStage, type Stage } from '../support';
import { eachAnswer } from './each-answer';

/** A poll of the address that an answer names. */
function poll(stage: Stage, address: string | undefined): Promise<Answer> {
  if (address === undefined) throw new Error('The answer names nothing to poll.');
  const { pathname, search } = new URL(address);
  return request(stage.handle, 'GET', pathname + search);
}

eachAnswer(
  'writeDuringWrite',
  'Can a definition be written while it is being written?',
  async (switches) => {
    const stage = setStage({ switches });
    await stage.send('PUT', '/jobs/train', jobBody());
    return [
      (await stage.send('PUT', '/jobs/train', jobBody())).status,
      (await stage.send('PATCH', '/jobs/train', { tags: {} })).status,
    ];
  },
  { accepted: [201, 202], refused: [409, 409] },
);

eachAnswer(
  'startDuringWrite',
  'Can a job be started while it is being written?',
  async (switches) => {
    const stage = setStage({ switches });
    await stage.send('PUT', '/jobs/train', jobBody());
    return (await stage.send('POST', '/jobs/train/start')).status;
  },
  { accepted: 200, refused: 409 },
);

eachAnswer(
  'imageCheck',
  'Does a PUT look the image up?',
  async (switches) => {
    const stage = setStage({ switches, standingOf: () => ({ kind: 'inaccessible' }) });
    return (await stage.send('PUT', '/jobs/train', jobBody())).status;
  },
  { 'at-pull': 201, 'at-put': 400 },
);

eachAnswer(
  'failedOperation',
  'Does the operation of a PUT that failed say why?',
  async (switches) => {
    const stage = setStage({ switches });
    stage.fault({ kind: 'failed-put', count: 1 });
    const { headers } = await stage.send('PUT', '/jobs/train', jobBody());
    stage.pass(10_000);
    const { body } = await poll(stage, headers['azure-asyncoperation']);
    const { status, error } = z.object({ status: z.string(), error: z.unknown().optional() }).parse(body);
    return { status, error };
  },
  {
    'without-error': { status: 'Failed', error: undefined },
    'with-error': {
      status: 'Failed',
      error: { code: 'InternalServerError', message: 'The job could not be provisioned.' },
    },
  },
);

eachAnswer(
  'deleteAnswer',
  'Which header of a DELETE is polled?',
  async (switches) => {
    const stage = setStage({ switches });
    await makeJob(stage);
    const { headers } = await stage.send('DELETE', '/jobs/train');
    const named = ['location', 'azure-asyncoperation'].filter((name) => headers[name] !== undefined);
    const address = headers[named[0] ?? ''];
    const before = await poll(stage, address);
    stage.pass(20_000);
    return { named, before: before.status, after: (await poll(stage, address)).status };
  },
  {
    location: { named: ['location'], before: 202, after: 204 },
    'azure-asyncoperation': { named: ['azure-asyncoperation'], before: 200, after: 200 },
  },
);

eachAnswer(
  'jobNotFound',
  'Who answers for a job that does not exist?',
  async (switches) => {
    const { status, body } = await setStage({ switches }).send('GET', '/jobs/train');
    return { status, body: z.object({ error: z.object({ code: z.string() }) }).parse(body) };
  },
  {
    gateway: { status: 404, body: { error: { code: 'ResourceNotFound' } } },
    provider: { status: 404, body: { error: { code: 'ContainerAppsJobNotFound' } } },
  },
);

eachAnswer(
  'runningState',
  'Does version 2026-07-01 show whether a job is ready?',
  async (switches) => {
    const stage = setStage({ switches });
    await makeJob(stage);
    const { body } = await stage.send('GET', '/jobs/train');
    const { properties } = z.object({ properties: z.record(z.string(), z.unknown()) }).parse(body);
    return properties['runningState'];
  },
  { shown: 'Ready', absent: undefined },
);

eachAnswer(
  'putRetryAfter',
  'How long does a PUT ask a client to wait?',
  async (switches) => {
    const { headers } = await setStage({ switches }).send('PUT', '/jobs/train', jobBody());
    return headers['retry-after'];
  },
  { none: undefined, 5: '5' },
);

eachAnswer(
  'listedGpuTypes',
  'Does the list of profile types name the serverless GPUs?',
  async (switches) => {
    const path =
      '/subscriptions/one/providers/Microsoft.App/locations/eastus/availableManagedEnvironmentsWorkloadProfileTypes';
    const { handle } = setStage({ switches });
    const { body } = await request(handle, 'GET', `${path}?api-version=2026-07-01`);
    const { value } = z.object({ value: z.array(z.object({ name: z.string() })) }).parse(body);
    return value.map(({ name }) => name).filter((name) => name.includes('GPU'));
  },
  { absent: [], shown: ['Consumption-GPU-NC8as-T4', 'Consumption-GPU-NC24-A100'] },
);
