// What no source shows of executions, answered each way.
import { z } from 'zod';

import type { Switches } from '../../../../standins/container-apps/switches';
import type { Script } from '../../../../standins/containers/scripted';
import {
  executions,
  exits,
  HELLO,
  makeJob,
  NEVER_ENDS,
  request,
  setStage,
  type ShownExecution,
  type Stage,
  start,
  statuses,
  UNTIL_RUNNING,
} from '../support';
import { eachAnswer } from './each-answer';

const MINUTE = 60_000;

async function running(switches: Switches, script: Script = NEVER_ENDS): Promise<Stage> {
  const stage = setStage({ scripts: [script], switches });
  await makeJob(stage);
  await start(stage);
  stage.pass(UNTIL_RUNNING);
  return stage;
}

async function ended(switches: Switches, script: Script = exits(5)): Promise<Stage> {
  const stage = await running(switches, script);
  stage.pass(MINUTE);
  return stage;
}

async function only(stage: Stage): Promise<ShownExecution> {
  const [execution] = await executions(stage);
  if (!execution) throw new Error('There is no execution.');
  return execution;
}

const detailSchema = z.object({
  replicas: z
    .array(
      z.object({ containers: z.array(z.object({ code: z.number(), additionalInformation: z.string() })) }),
    )
    .optional(),
});

/** The first container's line; `none` and `empty` where there is no line. */
function detailOf({ properties: { detailedStatus } }: ShownExecution): unknown {
  if (detailedStatus === undefined) return 'none';
  return detailSchema.parse(detailedStatus).replicas?.[0]?.containers[0] ?? 'empty';
}

eachAnswer(
  'endTime',
  'Does an execution that ended have an end time?',
  async (switches) => Object.hasOwn((await only(await ended(switches))).properties, 'endTime'),
  { shown: true, absent: false },
);

eachAnswer(
  'stoppedEndTime',
  'Does an execution that was stopped have an end time?',
  async (switches) => {
    const stage = await running(switches);
    await stage.send('POST', '/jobs/train/stop');
    stage.pass(MINUTE);
    const { properties } = await only(stage);
    return [properties.status, Object.hasOwn(properties, 'endTime')];
  },
  { absent: ['Stopped', false], shown: ['Stopped', true] },
);

eachAnswer(
  'endedDetail',
  'Is there an exit code after the end?',
  async (switches) => detailOf(await only(await ended(switches))),
  { kept: { code: 5, additionalInformation: 'Error' }, empty: 'empty', absent: 'none' },
);

eachAnswer(
  'detailInGet',
  'Does an execution that is read alone have the detail that a list has?',
  async (switches) => {
    const stage = await ended(switches);
    const listed = await only(stage);
    const { body } = await stage.send('GET', `/jobs/train/executions/${listed.name}`);
    const { properties } = z.object({ properties: z.record(z.string(), z.unknown()) }).parse(body);
    return [detailOf(listed), Object.hasOwn(properties, 'detailedStatus')];
  },
  {
    shown: [{ code: 5, additionalInformation: 'Error' }, true],
    absent: [{ code: 5, additionalInformation: 'Error' }, false],
  },
);

eachAnswer(
  'reasonAndMessage',
  'Does an execution that ended say why?',
  async (switches) => (await only(await ended(switches))).properties.reason,
  { shown: 'BackoffLimitExceeded', absent: undefined },
);

eachAnswer(
  'outOfMemoryWord',
  'What is said of a program that took too much memory?',
  async (switches) => {
    const script = { prints: [], exit: { atMs: 0, code: 137 }, outOfMemory: true };
    return detailOf(await only(await ended(switches, script)));
  },
  {
    Error: { code: 137, additionalInformation: 'Error' },
    OOMKilled: { code: 137, additionalInformation: 'OOMKilled' },
  },
);

eachAnswer(
  'deleteWhileRunning',
  'Does a delete of the definition end what runs?',
  async (switches) => {
    const stage = await running(switches);
    await stage.send('DELETE', '/jobs/train');
    stage.pass(MINUTE);
    return [stage.standIn.left().executions.length, stage.standIn.left().jobs.length];
  },
  { 'stops-executions': [0, 0], 'leaves-executions': [1, 0] },
);

eachAnswer(
  'changeWhileRunning',
  'Does a change of the definition end what runs?',
  async (switches) => {
    const byPut = await running(switches);
    await makeJob(byPut);
    const byPatch = await running(switches);
    await byPatch.send('PATCH', '/jobs/train', { tags: { owner: 'test' } });
    byPatch.pass(MINUTE);
    return [...(await statuses(byPut)), ...(await statuses(byPatch))];
  },
  { 'leaves-executions': ['Running', 'Running'], 'stops-executions': ['Stopped', 'Stopped'] },
);

eachAnswer(
  'startDuringDelete',
  'Does a job start that is being deleted?',
  async (switches) => {
    const stage = setStage({ switches });
    await makeJob(stage);
    await stage.send('DELETE', '/jobs/train');
    return (await stage.send('POST', '/jobs/train/start')).status;
  },
  { refused: 409, accepted: 200 },
);

/** The status of an answer, and what the poll of its Location gives, where it has one. */
async function polled(stage: Stage, path: string): Promise<unknown> {
  const { status, headers, body } = await stage.send('POST', path);
  if (headers['location'] === undefined) return { status, body };
  const { pathname, search } = new URL(headers['location']);
  const then = await request(stage.handle, 'GET', pathname + search);
  return { status, thenStatus: then.status, body: then.body };
}

const STARTED = { id: expect.stringContaining('/executions/train-') as string, name: 'train-abc0004' };

eachAnswer(
  'startAnswer',
  'Is a start answered at once, or with an operation to poll?',
  async (switches) => {
    const stage = setStage({ switches });
    await makeJob(stage);
    const answer = await polled(stage, '/jobs/train/start');
    return { answer, shown: (await statuses(stage)).length };
  },
  {
    ok: { answer: { status: 200, body: STARTED }, shown: 1 },
    accepted: { answer: { status: 202, thenStatus: 200, body: STARTED }, shown: 1 },
  },
);

eachAnswer(
  'stopAnswer',
  'Is a stop answered with nothing, with words, or with an operation to poll?',
  async (switches) => {
    const stage = await running(switches);
    const { name } = await only(stage);
    const answer = await polled(stage, `/jobs/train/stop/${name}`);
    stage.pass(MINUTE);
    expect(await statuses(stage)).toEqual(['Stopped']);
    return answer;
  },
  {
    empty: { status: 200, body: '' },
    text: {
      status: 200,
      body: expect.stringMatching(/^Job Execution: train-\w+, stopped success/) as string,
    },
    accepted: { status: 202, thenStatus: 204, body: '' },
  },
);

eachAnswer(
  'stopOfEnded',
  'Can what has ended be stopped?',
  async (switches) => {
    const stage = await ended(switches);
    const { name } = await only(stage);
    const { status } = await stage.send('POST', `/jobs/train/executions/${name}/stop`);
    return [status, ...(await statuses(stage))];
  },
  { accepted: [200, 'Failed'], refused: [400, 'Failed'] },
);

eachAnswer(
  'executionOrder',
  'Which execution stands first in a list?',
  async (switches) => {
    const stage = setStage({ switches });
    await makeJob(stage);
    const made = [await start(stage), await start(stage)];
    return (await executions(stage)).map(({ name }) => made.indexOf(name));
  },
  { 'newest-first': [1, 0], 'oldest-first': [0, 1] },
);

const pageSchema = z.object({ value: z.array(z.unknown()), nextLink: z.url().optional() });

eachAnswer(
  'pageSize',
  'Does a list come in pages?',
  async (switches) => {
    const stage = setStage({ scripts: [HELLO], switches });
    await makeJob(stage);
    for (let started = 0; started < 3; started += 1) await start(stage);
    const pages: number[] = [];
    let answer = await stage.send('GET', '/jobs/train/executions');
    for (;;) {
      const { value, nextLink } = pageSchema.parse(answer.body);
      pages.push(value.length);
      if (nextLink === undefined) return pages;
      const { pathname, search } = new URL(nextLink);
      answer = await request(stage.handle, 'GET', pathname + search);
    }
  },
  { whole: [3], 1: [1, 1, 1], 2: [2, 1] },
);

eachAnswer(
  'shownVariables',
  "Does an execution's template list the platform's variables?",
  async (switches) => {
    const [execution] = await executions(await running(switches));
    return z
      .object({ template: z.object({ containers: z.tuple([z.object({ env: z.unknown().optional() })]) }) })
      .parse(execution?.properties).template.containers[0].env;
  },
  {
    none: undefined,
    'job-name': [{ name: 'CONTAINER_APP_JOB_NAME', value: 'train' }],
    all: [
      { name: 'CONTAINER_APP_JOB_NAME', value: 'train' },
      { name: 'CONTAINER_APP_JOB_EXECUTION_NAME', value: '' },
      { name: 'CONTAINER_APP_REPLICA_NAME', value: '' },
    ],
  },
);

eachAnswer(
  'replicasAfterEnd',
  'Are replicas listed after the end?',
  async (switches) => {
    const stage = await running(switches, HELLO);
    const { name } = await only(stage);
    const count = async (): Promise<number> => {
      const { body } = await stage.send('GET', `/jobs/train/executions/${name}/replicas`);
      return pageSchema.parse(body).value.length;
    };
    const before = await count();
    stage.pass(20_000);
    const after = await count();
    stage.pass(10 * MINUTE);
    return { before, after, removed: await count() };
  },
  { kept: { before: 1, after: 1, removed: 0 }, gone: { before: 1, after: 0, removed: 0 } },
);
