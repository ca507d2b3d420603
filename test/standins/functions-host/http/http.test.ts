import { eventually, type HostProcess, startFunctionsHost } from '../../../support/functions-host';
import { HOST_APP, type Scratch, scratch } from '../recorded';

let host: HostProcess;
let own: Scratch;
beforeAll(async () => {
  own = scratch();
  host = await startFunctionsHost(HOST_APP, {
    ...own.environment,
    'AzureWebJobs.switched-off.Disabled': 'true',
    'AzureWebJobs.work.Disabled': 'true',
  });
});
afterAll(async () => {
  await host.stop();
  own.remove();
});

const logged = (line: RegExp): Promise<RegExpExecArray> =>
  eventually(`a log line like ${line.source}`, () => line.exec(host.log()) ?? undefined);

test('a request reaches the function whole: method, address, query, route parameters, headers, cookies and body', async () => {
  const url = `${host.url}/api/ECHO/7/a%20b%2Fc?x=1&x=2&y=%C3%BC`;
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'X-Question': 'why', cookie: 'k=v; l=w' },
    body: Buffer.from([0, 255, 10, 13]),
  });
  expect(response.status).toBe(201);
  expect(response.headers.get('x-answer')).toBe('yes');
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(await response.json()).toEqual({
    method: 'POST',
    url,
    query: [
      ['x', '1,2'],
      ['y', 'ü'],
    ],
    params: { id: '7', rest: 'a b%2Fc' },
    header: 'why',
    cookie: 'k=v; l=w',
    body: 'AP8KDQ==',
  });
});

test('a path that no route takes, a constraint unmet and a method not declared are all answered 404', async () => {
  const statuses = await Promise.all(
    [
      ['GET', '/api/nowhere'],
      ['GET', '/api/echo/seven'],
      ['DELETE', '/api/echo/7'],
      ['GET', '/echo/7'],
      ['GET', '/api/switched-off'],
    ].map(async ([method = '', path = '']) => (await fetch(host.url + path, { method })).status),
  );
  expect(statuses).toEqual([404, 404, 404, 404, 404]);
});

test('binary bodies go both ways unchanged, and each cookie gets a header of its own', async () => {
  const body = Buffer.from(Array.from({ length: 70_000 }, (_, index) => index % 256));
  const response = await fetch(`${host.url}/api/bytes`, { method: 'POST', body });
  expect(Buffer.from(await response.arrayBuffer()).equals(body)).toBe(true);
  expect(response.headers.getSetCookie()).toEqual([
    'a=b%20c; max-age=60; path=/; samesite=lax; httponly',
    'd=e; path=/api; secure',
  ]);
});

test('HEAD is answered without a body, a function without an answer with 204, one that throws with an empty 500', async () => {
  const head = await fetch(`${host.url}/api/echo/7`, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([201, '']);
  expect((await fetch(`${host.url}/api/nothing`)).status).toBe(204);
  const failed = await fetch(`${host.url}/api/fails`);
  expect([failed.status, await failed.text()]).toEqual([500, '']);
  await logged(/error fails: Executed 'Functions.fails' \(Failed, \d+ ms\): Error: as asked/);
});

test('a catch-all parameter takes the rest of the path, which may be empty', async () => {
  const read = async (path: string): Promise<string> => (await fetch(host.url + path)).text();
  expect(await read('/api/files/a/b/c.txt')).toBe('a/b/c.txt');
  expect(await read('/api/files')).toBe('');
});

test('of two routes that fit, the function whose name comes first answers, as on the real host', async () => {
  expect(await (await fetch(`${host.url}/api/same/literal`)).text()).toBe('aFirst');
});

test('the app finds its own address in WEBSITE_HOSTNAME', async () => {
  expect(`http://${await (await fetch(`${host.url}/api/own-address`)).text()}`).toBe(host.url);
});

test('what the app logs and prints becomes lines on standard error, none on standard output', async () => {
  await fetch(`${host.url}/api/chatty`);
  await logged(/^\S+Z info {2}console: from the console$/m);
  await logged(/^\S+Z info {2}chatty: from the context$/m);
});

test('sections of host.json that are not followed are named once at start', async () => {
  await logged(/host\.json: not followed here: extensions\.signalR\.$/m);
});

test('hooks run around an invocation: inputs replaced before it, an error turned into a result after it', async () => {
  const response = await fetch(`${host.url}/api/hooked?text=changed`);
  expect([response.status, await response.text()]).toEqual([418, 'before: changed']);
});

test('the admin routes list the functions and tell the state of the host', async () => {
  const list: unknown = await (await fetch(`${host.url}/admin/functions`)).json();
  expect(list).toContainEqual(
    expect.objectContaining({
      name: 'echo',
      href: `${host.url}/admin/functions/echo`,
      invoke_url_template: `${host.url}/api/echo/{id:int}/{rest?}`,
      isDisabled: false,
      language: 'node',
    }),
  );
  expect(list).toContainEqual(expect.objectContaining({ name: 'switched-off', isDisabled: true }));
  expect(await (await fetch(`${host.url}/admin/host/status`)).json()).toMatchObject({ state: 'Running' });
});

test('the admin route answers what it cannot run', async () => {
  const post = async (name: string, body: string, type = 'application/json'): Promise<number> =>
    (
      await fetch(`${host.url}/admin/functions/${name}`, {
        method: 'POST',
        body,
        headers: { 'content-type': type },
      })
    ).status;
  expect(await post('unknown', '{"input":""}')).toBe(404);
  expect(await post('tick', 'no json')).toBe(400);
  expect(await post('tick', '{"input":""}', 'text/plain')).toBe(415);
  expect(await post('echo', '{"input":""}')).toBe(400);
});
