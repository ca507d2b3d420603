// Streams that are followed, over real sockets: what comes, when they end, and that none stays open behind its reader.
import { setTimeout as delay } from 'node:timers/promises';

import { z } from 'zod';

import { eventsPath, logPath, type Reading, serveStreams, type StreamServer, tokenOf } from './streams';
import {
  ENVIRONMENT,
  makeJob,
  NEVER_ENDS,
  setStage,
  type Stage,
  type StageOptions,
  start,
  UNTIL_RUNNING,
} from './support';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** A line every second: five, then the end. */
const COUNTS: StageOptions = {
  scripts: [
    {
      prints: [1, 2, 3, 4, 5].map((each) => ({ atMs: each * SECOND, text: `line ${each}\n` })),
      exit: { atMs: 5 * SECOND, code: 0 },
    },
  ],
};

let server: StreamServer | undefined;

afterEach(async () => {
  const served = server;
  server = undefined;
  if (!served) return;
  const left = await openAtLast(served, 0);
  await served.close();
  expect([left, served.writesToNobody()]).toEqual([0, 0]);
});

/** How many streams are open when they have had time to become so few. A reader's going away takes some turns. */
async function openAtLast(streams: StreamServer, few: number): Promise<number> {
  for (let turn = 0; turn < 400 && streams.open() > few; turn += 1) await delay(5);
  return streams.open();
}

interface Scene {
  readonly stage: Stage;
  readonly read: StreamServer['read'];
  readonly streams: StreamServer;
}

async function served(options: StageOptions): Promise<Scene> {
  const stage = setStage(options);
  await makeJob(stage);
  await start(stage);
  const streams = await serveStreams(stage);
  server = streams;
  return { stage, streams, read: (path, query, token) => streams.read(path, query, token) };
}

/** The text of each line without its time. */
function texts(lines: readonly string[]): string[] {
  return lines.map((line) => line.replace(/^\S+ stdout F /, ''));
}

async function greeted(reading: Reading): Promise<void> {
  const own = [await reading.next(), await reading.next()].map((line) =>
    (line ?? '').replaceAll('\\u0027', "'"),
  );
  expect(own[0]).toContain("Connecting to the container 'program'...");
  expect(own[1]).toContain("Successfully Connected to container: 'program'");
}

describe('A log stream that is followed', () => {
  async function followed(options: StageOptions, query: string): Promise<Scene & { reading: Reading }> {
    const scene = await served(options);
    scene.stage.pass(UNTIL_RUNNING);
    const token = await tokenOf(scene.stage);
    const reading = await scene.read(await logPath(scene.stage), query, token);
    expect(reading.status).toBe(200);
    expect(reading.contentType).toBeNull();
    return { ...scene, reading };
  }

  test('gives what was printed, then each line as it comes, and ends with its container', async () => {
    const { stage, reading } = await followed(COUNTS, 'follow=true&output=text&tailLines=300');
    await greeted(reading);
    expect(texts([(await reading.next()) ?? ''])).toEqual(['line 1']);
    stage.pass(SECOND);
    expect(texts([(await reading.next()) ?? ''])).toEqual(['line 2']);
    stage.pass(MINUTE);
    expect(texts(await reading.rest())).toEqual(['line 3', 'line 4', 'line 5']);
  });

  test('begins before its container, and says nothing more until then', async () => {
    const scene = await served(COUNTS);
    scene.stage.pass(2 * SECOND);
    const path = await logPath(scene.stage);
    const reading = await scene.read(path, 'follow=true&output=json', await tokenOf(scene.stage));
    await greeted(reading);
    scene.stage.pass(MINUTE);
    const lines = (await reading.rest()).map((line) => z.object({ Log: z.string() }).parse(JSON.parse(line)));
    expect(lines.map(({ Log }) => Log)).toEqual([1, 2, 3, 4, 5].map((each) => `F line ${each}`));
  });

  test('may stay open after the end of its container, until its reader goes', async () => {
    const switches = { followEnd: 'stays-open' } as const;
    const { stage, streams, reading } = await followed({ ...COUNTS, switches }, 'follow=true&output=text');
    stage.pass(MINUTE);
    await greeted(reading);
    for (let line = 0; line < 5; line += 1) await reading.next();
    stage.pass(10 * MINUTE);
    expect(streams.open()).toBe(1);
    reading.leave();
  });

  test('ends where its container never began, because the execution was stopped', async () => {
    const scene = await served({ scripts: [NEVER_ENDS] });
    scene.stage.pass(2 * SECOND);
    const path = await logPath(scene.stage);
    const reading = await scene.read(path, 'follow=true&output=text', await tokenOf(scene.stage));
    await greeted(reading);
    await scene.stage.send('POST', '/jobs/train/stop');
    scene.stage.pass(MINUTE);
    expect(await reading.rest()).toEqual([]);
    expect(scene.stage.starts).toEqual([]);
  });

  test('stops writing when its reader goes away, while others read on', async () => {
    const { stage, streams, reading, read } = await followed(COUNTS, 'follow=true&output=text');
    const other = await read(await logPath(stage), 'follow=true&output=text', await tokenOf(stage));
    expect(streams.open()).toBe(2);
    reading.leave();
    expect(await openAtLast(streams, 1)).toBe(1);
    stage.pass(MINUTE);
    expect(texts(await other.rest()).slice(2)).toEqual([1, 2, 3, 4, 5].map((each) => `line ${each}`));
  });

  test('that is not followed ends at once, with what there is', async () => {
    const { reading } = await followed(COUNTS, 'follow=false&output=text');
    await greeted(reading);
    expect(texts(await reading.rest())).toEqual(['line 1']);
  });

  test('asks for a token, and for one that is still good', async () => {
    const { stage, read, reading } = await followed({ scripts: [NEVER_ENDS] }, 'output=text');
    await reading.rest();
    const path = await logPath(stage);
    const good = await tokenOf(stage);
    const statuses = async (...tokens: readonly (string | undefined)[]): Promise<number[]> => {
      const answers = [];
      for (const token of tokens) answers.push(await read(path, 'output=text', token));
      for (const answer of answers) await answer.rest();
      return answers.map(({ status }) => status);
    };
    expect(await statuses(undefined, 'wrong', good)).toEqual([401, 401, 200]);
    stage.pass(61 * MINUTE);
    expect(await statuses(good)).toEqual([401]);
  });
});

describe('An event stream', () => {
  const eventSchema = z.object({
    TimeStamp: z.string(),
    Type: z.enum(['Normal', 'Warning']),
    ContainerAppName: z.string().nullable(),
    RevisionName: z.string().nullable(),
    ReplicaName: z.string().nullable(),
    Msg: z.string(),
    Reason: z.string(),
    EventSource: z.literal('ContainerAppController'),
    Count: z.number(),
  });
  type Event = z.infer<typeof eventSchema>;

  const eventOf = (line: string | undefined): Event => eventSchema.parse(JSON.parse(line ?? ''));
  const OWN = ['StartingGettingEvents', 'ConnectedToEventsServer'];

  test.each([
    ['of a job', '/jobs/train'],
    ['of an environment', ENVIRONMENT.replace(/^.*\/Microsoft\.App/, '')],
  ])('%s gives two lines of its own, what has happened, and what happens then', async (_, owner) => {
    const { stage, streams, read } = await served(COUNTS);
    stage.pass(2 * SECOND);
    const token = await tokenOf(stage, owner);
    const reading = await read(await eventsPath(stage, owner), 'follow=true&tailLines=15', token);
    expect([reading.status, reading.contentType]).toEqual([200, null]);
    const past: Event[] = [];
    for (let line = 0; line < 5; line += 1) past.push(eventOf(await reading.next()));
    expect(past.map(({ Reason }) => Reason)).toEqual([
      ...OWN,
      'SuccessfulCreate',
      'AssigningReplica',
      'PullingImage',
    ]);
    expect(past[0]).toMatchObject({ ContainerAppName: null, RevisionName: null, ReplicaName: null });
    expect(past[0]?.TimeStamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(past[4]).toMatchObject({ ContainerAppName: 'train', Count: 1 });
    expect(past[4]?.TimeStamp).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+0000 UTC$/);
    stage.pass(UNTIL_RUNNING);
    expect(eventOf(await reading.next()).Reason).toBe('PulledImage');
    expect(eventOf(await reading.next()).Reason).toBe('ContainerCreated');
    reading.leave();
    expect(await openAtLast(streams, 0)).toBe(0);
    stage.pass(MINUTE); // Nothing of this is written.
  });

  test('of a job has no events of another, and that of its environment has both', async () => {
    const { stage, read } = await served(COUNTS);
    await makeJob(stage, 'other');
    await start(stage, 'other');
    stage.pass(SECOND);
    const names = async (owner: string): Promise<Set<string | null>> => {
      const token = await tokenOf(stage, owner);
      const reading = await read(await eventsPath(stage, owner), 'follow=false&tailLines=300', token);
      const lines = (await reading.rest()).map(eventOf);
      return new Set(lines.map(({ ContainerAppName }) => ContainerAppName));
    };
    expect(await names('/jobs/other')).toEqual(new Set([null, 'other']));
    expect(await names('/managedEnvironments/env')).toEqual(new Set([null, 'train', 'other']));
  });

  test('gives the last events alone, as many as are asked for', async () => {
    const { stage, read } = await served(COUNTS);
    stage.pass(MINUTE);
    const token = await tokenOf(stage);
    const reading = await read(await eventsPath(stage, '/jobs/train'), 'tailLines=2', token);
    const reasons = (await reading.rest()).map((line) => eventOf(line).Reason);
    expect(reasons).toEqual([...OWN, 'ContainerTerminated', 'Completed']);
  });

  test('asks for a token', async () => {
    const { stage, read } = await served(COUNTS);
    for (const owner of ['/jobs/train', '/managedEnvironments/env']) {
      const reading = await read(await eventsPath(stage, owner), 'follow=true');
      expect(reading.status).toBe(401);
      await reading.rest();
    }
  });
});
