// One spec on each kind of compute where no placement names a volume for outputs: its program uploads by plain HTTP to
// the address that it was told, with nothing but its own standard library.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { outputsPageSchema } from '../../api/outputs';
import { createProcessHost } from '../../cli/host';
import { runCli } from '../../cli/run-cli';
import { kubeconfigFile } from '../../standins/kubernetes/process-settings';
import {
  LOCAL_APPS_PLACEMENT,
  LOCAL_PLACEMENTS,
  localClusterPlacement,
} from '../../standins/stack/local-placements';
import { nodeProgram } from './support/example-specs';
import { bootTestStack, isOverAndGone, type TestStack } from './support/test-stack';

/** The limit of one test, milliseconds. */
const RUNS_MS = 120_000;

const [EAST, WEST] = LOCAL_PLACEMENTS;
const KEEPS_NONE = 'keeps-none';

let local: TestStack;
let downloads: string;
beforeAll(async () => {
  downloads = await mkdtemp(join(tmpdir(), 'downloads-'));
  local = await bootTestStack(
    (stateFolder) => ({
      GPU_JOBS_KUBERNETES_PULL_MS: '100',
      GPU_JOBS_KUBERNETES_SCALE_UP_MS: '500',
      GPU_JOBS_PLACEMENTS: JSON.stringify([
        ...[LOCAL_APPS_PLACEMENT, localClusterPlacement(kubeconfigFile(stateFolder)), EAST],
        { ...WEST, name: KEEPS_NONE, outputs: 'none' },
      ]),
    }),
    { kubernetes: true, containerApps: true },
  );
}, 60_000);
afterAll(async () => {
  await local.stop();
  await rm(downloads, { recursive: true, force: true });
});

/** Says on its log how each request with its address was answered, never the address. */
const UPLOADS = `
  const told = process.env.GPU_JOBS_OUTPUT_URL;
  const at = (name, url = told) => url.replace('?', '/' + name + '?');
  const ask = (url, init) => fetch(url, init).then(({ status }) => status);
  const put = (url) => ask(url, { method: 'PUT', headers: { 'x-ms-blob-type': 'BlockBlob' }, body: 'weights' });
  const container = told.replace('/' + process.env.GPU_JOBS_ATTEMPT + '?', '?');
  (async () => {
    console.log(JSON.stringify({
      folder: process.env.GPU_JOBS_OUTPUT_DIR ?? 'none',
      put: await put(at('model/w.bin')),
      again: await put(at('model/w.bin')),
      read: await ask(at('model/w.bin')),
      list: await ask(container + '&restype=container&comp=list'),
      remove: await ask(at('model/w.bin'), { method: 'DELETE' }),
      removeAll: await ask(container + '&restype=container', { method: 'DELETE' }),
      another: await put(at('x', told.replace('job-outputs-', 'job-outputs-x'))),
      specs: await put(at('x', told.replace(/job-outputs-[^/]+/, 'job-specs'))),
      longer: await put(at('x', told.replace(/se=[^&]+/, 'se=2099-01-01T00%3A00%3A00Z'))),
      unsigned: await put(at('x', told.replace(/sig=[^&]+/, 'sig=AAAA'))),
    }));
  })();
`;

/** The command line in this process, against the local deployment; resolves to its exit code. */
function gpujobs(...args: readonly string[]): Promise<number> {
  const quiet = { write: () => true };
  const env = { GPUJOBS_URL: local.stack.functionsUrl };
  const host = { ...createProcessHost(), env, stdout: quiet, stderr: quiet };
  return runCli(args, { ...host, live: undefined, onKeys: undefined });
}

test.each([LOCAL_APPS_PLACEMENT.name, 'local-kubernetes', EAST?.name ?? ''])(
  'on %s a program uploads its outputs, and its address is good for nothing else',
  async (placement) => {
    const spec = {
      ...nodeProgram(UPLOADS),
      // A spec's own variable of this name does not count.
      env: { GPU_JOBS_OUTPUT_URL: 'http://127.0.0.1:1/of-the-spec' },
      outputs: { path: '/outputs' },
      placements: [placement],
    };
    const id = await local.api.submit(spec);
    const job = await local.untilJob(id, isOverAndGone, 'over and gone', RUNS_MS);
    expect(JSON.parse((await local.api.log(id, 1, 0)).toString())).toEqual({
      ...{ folder: 'none', put: 201, again: 201 },
      ...{ read: 403, list: 403, remove: 403, removeAll: 403 },
      ...{ another: 403, specs: 403, longer: 403, unsigned: 403 },
    });
    expect(job).toMatchObject({ state: 'Succeeded', exitCode: 0 });
    const answer = await fetch(`${local.stack.functionsUrl}/api/jobs/${id}/outputs`);
    expect(outputsPageSchema.parse(await answer.json())).toMatchObject({
      ...{ attempt: 1, state: 'listed' },
      outputs: [{ path: 'model/w.bin', bytes: 7 }],
    });
    const folder = join(downloads, placement);
    expect(await gpujobs('outputs', id, '--download', folder)).toBe(0);
    expect(await readFile(join(folder, 'model/w.bin'), 'utf8')).toBe('weights');
  },
  RUNS_MS,
);

test('a placement that keeps no outputs refuses a job with outputs, and so does one that would outlast the address', async () => {
  const refusal = async (spec: object): Promise<string> => {
    const answer = await fetch(`${local.stack.functionsUrl}/api/jobs`, {
      method: 'POST',
      body: JSON.stringify({ ...nodeProgram(''), ...spec }),
    });
    expect(answer.status).toBe(400);
    return answer.text();
  };
  const outputs = { path: '/outputs' };
  expect(await refusal({ outputs, placements: [KEEPS_NONE] })).toContain('keeps no outputs');
  expect(await refusal({ outputs, deadlines: { running: 604_800 } })).toContain(
    '604800 s running + 300 s archiving = 608100 s',
  );
  expect(await refusal({ outputs, checkpoints: { path: '/c' } })).toContain('keeps no checkpoints');
});
