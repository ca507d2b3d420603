// A hostile submitter and a hostile program on a whole stack: what a spec names gets no request of the app, and what
// the program prints stays text.
import { once } from 'node:events';
import { createServer } from 'node:http';

import { submittedSchema } from '../../api/submissions';
import { nodeProgram } from './support/example-specs';
import { bootTestStack, isOverAndGone, type TestStack } from './support/test-stack';

let local: TestStack;
beforeAll(async () => {
  local = await bootTestStack({ GPU_JOBS_EMULATOR_PROVISION_MS: '100', GPU_JOBS_EMULATOR_PULL_MS: '100' });
}, 60_000);
afterAll(() => local.stop());

const HEADERS = {
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  'cache-control': 'no-store',
};

function ask(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${local.stack.functionsUrl}/api/${path}`, init);
}

test('a log is the bytes that the program printed, as text, whatever they are', async () => {
  const printed = '\u001b]0;owned\u0007<script>alert(1)</script>\r\nx-evil: 1\r\n\u202e\u0000\n';
  const source = `process.stdout.write(${JSON.stringify(printed)})`;
  const id = await local.api.submit(nodeProgram(source));
  await local.untilJob(id, isOverAndGone, 'over and gone');
  const answer = await ask(`jobs/${id}/logs`);
  expect(Buffer.from(await answer.arrayBuffer()).toString()).toBe(printed);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'text/plain; charset=utf-8',
    ...HEADERS,
  });
  expect(answer.headers.get('x-evil')).toBeNull();
}, 60_000);

test.each(['jobs', 'jobs/nothing', 'jobs?limit=0', 'health', 'openapi.json', 'placements', 'schedules'])(
  'GET /api/%s is answered with the headers that keep a browser from acting on it',
  async (path) => {
    expect(Object.fromEntries((await ask(path)).headers)).toMatchObject(HEADERS);
  },
);

test('an address that a spec names is asked for nothing by the app', async () => {
  const asked: string[] = [];
  const listener = createServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    response.end('{}');
  });
  await once(listener.listen(0, '127.0.0.1'), 'listening');
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('The listener has no port.');
  const host = `127.0.0.1:${address.port}`;
  const specs = [
    { image: `${host}/team/train:1` },
    { ...nodeProgram(''), registry: { server: host, username: 'me', passwordRef: 'registry' } },
    { ...nodeProgram(''), registry: { server: host, identity: `http://${host}/identity` } },
    { ...nodeProgram(''), labels: { callbackUrl: `http://${host}/callback` } },
    { ...nodeProgram(''), callbackUrl: `http://${host}/callback` },
    { ...nodeProgram(''), env: { TOKEN: { secretRef: `http://${host}/secret` } } },
  ];
  for (const spec of specs) {
    const answer = await ask('jobs', { method: 'POST', body: JSON.stringify(spec) });
    if (answer.status !== 202) continue;
    const { id } = submittedSchema.parse(await answer.json());
    await local.untilJob(id, ({ outcome }) => outcome !== undefined, 'over');
  }
  listener.closeAllConnections();
  listener.close();
  expect(asked).toEqual([]);
}, 120_000);
