// The log stream of a container: its token, its window, its two forms and its end.
import { z } from 'zod';

import {
  type Answer,
  executions,
  makeJob,
  NEVER_ENDS,
  request,
  rows,
  setStage,
  type Stage,
  type StageOptions,
  start,
  UNTIL_RUNNING,
} from './support';

const LINES = Array.from({ length: 500 }, (_, index) => `line ${index}\n`).join('');
const MANY: StageOptions = {
  scripts: [{ prints: [{ atMs: 0, text: LINES }], exit: { atMs: 5_000, code: 0 } }],
};

async function begin(options: StageOptions): Promise<Stage> {
  const stage = setStage(options);
  await makeJob(stage);
  await start(stage);
  stage.pass(UNTIL_RUNNING);
  return stage;
}

async function tokenOf(stage: Stage): Promise<string> {
  const { body } = await stage.send('POST', '/jobs/train/getAuthToken');
  return z.object({ properties: z.object({ token: z.string() }) }).parse(body).properties.token;
}

async function streamed(stage: Stage, query: string, token: string): Promise<Answer> {
  const [execution] = await executions(stage);
  const { body } = await stage.send('GET', `/jobs/train/executions/${execution?.name ?? ''}/replicas`);
  const endpoint = z
    .object({
      value: z.tuple([
        z.object({
          properties: z.object({ containers: z.tuple([z.object({ logStreamEndpoint: z.string() })]) }),
        }),
      ]),
    })
    .parse(body).value[0].properties.containers[0].logStreamEndpoint;
  const headers = { authorization: `Bearer ${token}` };
  return request(stage.handle, 'GET', `${endpoint}?${query}`, undefined, headers);
}

function linesOf({ body }: Answer): string[] {
  return z.string().parse(body).trimEnd().split('\n');
}

test('gives the last lines as text with seven digits, behind two lines of its own', async () => {
  const stage = await begin(MANY);
  const lines = linesOf(await streamed(stage, 'output=text&tailLines=3', await tokenOf(stage)));
  expect(lines).toHaveLength(5);
  expect(lines[0]).toContain("Connecting to the container 'program'...");
  expect(lines.slice(2).map((line) => line.replace(/^\S+\.\d{7}Z /, ''))).toEqual([
    'stdout F line 497',
    'stdout F line 498',
    'stdout F line 499',
  ]);
});

test('gives 300 lines at most', async () => {
  const stage = await begin(MANY);
  expect(linesOf(await streamed(stage, 'output=text&tailLines=1000', await tokenOf(stage)))).toHaveLength(
    302,
  );
});

test('withholds a line that is not complete, until the program ends', async () => {
  const stage = await begin({
    scripts: [{ prints: [{ atMs: 0, text: 'half' }], exit: { atMs: 5_000, code: 0 } }],
  });
  const token = await tokenOf(stage);
  expect(linesOf(await streamed(stage, 'output=text', token))).toHaveLength(2);
  stage.pass(10_000);
  expect(linesOf(await streamed(stage, 'output=text', token)).at(-1)).toMatch(/ F half$/);
});

test('splits a line that is longer than the container runtime keeps in one', async () => {
  const text = `${'x'.repeat(20_000)}\n`;
  const stage = await begin({ scripts: [{ prints: [{ atMs: 0, text }] }] });
  const lines = linesOf(await streamed(stage, 'output=text', await tokenOf(stage))).slice(2);
  expect(lines.map((line) => [/ ([FP]) x/.exec(line)?.[1], line.replace(/^.* /, '').length])).toEqual([
    ['P', 16_384],
    ['F', 3_616],
  ]);
});

test('refuses a token that is wrong, and one whose hour is over', async () => {
  const stage = setStage({ scripts: [NEVER_ENDS] });
  await makeJob(stage, 'train', { configuration: { replicaTimeout: 10_000 } });
  await start(stage);
  stage.pass(UNTIL_RUNNING);
  expect((await streamed(stage, 'output=text', 'wrong')).status).toBe(401);
  const token = await tokenOf(stage);
  stage.pass(59 * 60_000);
  expect((await streamed(stage, 'output=text', token)).status).toBe(200);
  stage.pass(2 * 60_000);
  expect((await streamed(stage, 'output=text', token)).status).toBe(401);
});

test('shows its last lines after the end, or answers 404', async () => {
  for (const [streamAfterEnd, status] of [
    ['kept', 200],
    ['gone', 404],
  ] as const) {
    const stage = await begin({ ...MANY, switches: { streamAfterEnd } });
    const token = await tokenOf(stage);
    stage.pass(20_000);
    expect((await streamed(stage, 'output=text', token)).status).toBe(status);
  }
});

test('every line reaches the log table, with a time of its own and the time of its batch', async () => {
  const stage = await begin(MANY);
  stage.pass(60_000);
  const found = await rows(
    stage,
    "ContainerAppConsoleLogs_CL | where ContainerJobName_s == 'train' and Log_s endswith '7' | order by time_t asc | take 2",
  );
  expect(found.map((row) => row['Log_s'])).toEqual(['line 7', 'line 17']);
  expect(Number(new Date(String(found[0]?.['TimeGenerated'])))).toBeGreaterThan(
    Number(new Date(String(found[0]?.['time_t']))),
  );
});
