// What no source shows of logs, answered each way.
import { z } from 'zod';

import type { Switches } from '../../../../standins/container-apps/switches';
import { logPath, tokenOf } from '../streams';
import {
  type Answer,
  HELLO,
  makeJob,
  request,
  setStage,
  type Stage,
  start,
  UNTIL_RUNNING,
  WORKSPACE,
} from '../support';
import { eachAnswer } from './each-answer';

const MINUTE = 60_000;

async function running(switches: Switches): Promise<Stage> {
  const stage = setStage({ scripts: [HELLO], switches });
  await makeJob(stage);
  await start(stage);
  stage.pass(UNTIL_RUNNING);
  return stage;
}

async function streamed(stage: Stage, query: string): Promise<Answer> {
  const headers = { authorization: `Bearer ${await tokenOf(stage)}` };
  return request(stage.handle, 'GET', `${await logPath(stage)}?${query}`, undefined, headers);
}

eachAnswer(
  'streamAfterEnd',
  'Is a container streamed after its end?',
  async (switches) => {
    const stage = await running(switches);
    const before = await streamed(stage, 'output=text');
    stage.pass(20_000);
    return [before.status, (await streamed(stage, 'output=text')).status];
  },
  { kept: [200, 200], gone: [200, 404] },
);

eachAnswer(
  'jobEvents',
  'Is there an event stream at the address of a job?',
  async (switches) => {
    const stage = await running(switches);
    const { body } = await stage.send('GET', '/jobs/train');
    const { eventStreamEndpoint } = z
      .object({ properties: z.object({ eventStreamEndpoint: z.string() }) })
      .parse(body).properties;
    const headers = { authorization: `Bearer ${await tokenOf(stage)}` };
    return (await request(stage.handle, 'GET', eventStreamEndpoint, undefined, headers)).status;
  },
  { shown: 200, absent: 404 },
);

eachAnswer(
  'followEnd',
  'Does a stream that is followed end with its container?',
  async (switches) => {
    const stage = await running(switches);
    const { stream } = await stage.standIn.handle({
      method: 'GET',
      url: new URL(`http://127.0.0.1${await logPath(stage)}?follow=true`),
      headers: { authorization: `Bearer ${await tokenOf(stage)}` },
      body: Buffer.alloc(0),
    });
    let ended = false;
    stream?.open({ write: () => undefined, end: () => (ended = true), abort: () => undefined });
    const before = ended;
    stage.pass(MINUTE);
    return { before, after: ended };
  },
  { ends: { before: false, after: true }, 'stays-open': { before: false, after: false } },
);

eachAnswer(
  'runtimeMark',
  "Does a line of the stream's JSON begin with the mark of the container runtime?",
  async (switches) => {
    const { body } = await streamed(await running(switches), 'output=json');
    return /"Log":"((?:F )?hello)"/.exec(String(body))?.[1];
  },
  { kept: 'F hello', removed: 'hello' },
);

eachAnswer(
  'tiedRows',
  'In which order come rows that have none?',
  async (switches) => {
    const stage = await running(switches);
    stage.pass(MINUTE);
    const query = 'ContainerAppSystemLogs_CL | project Reason_s | take 1';
    const { body } = await request(stage.handle, 'POST', `/v1/workspaces/${WORKSPACE}/query`, { query });
    return /"rows":\[\["(\w+)"\]\]/.exec(JSON.stringify(body))?.[1];
  },
  { 'as-written': 'SuccessfulCreate', reversed: 'Completed' },
);

eachAnswer(
  'emptyWorkspace',
  'What is said of a workspace without any row?',
  async (switches) => {
    const stage = setStage({ switches });
    const query = 'ContainerAppSystemLogs_CL';
    const { status, body } = await request(stage.handle, 'POST', `/v1/workspaces/${WORKSPACE}/query`, {
      query,
    });
    return [status, JSON.stringify(body).includes('SEM0100')];
  },
  { 'no-table': [400, true], 'no-content': [204, false] },
);
