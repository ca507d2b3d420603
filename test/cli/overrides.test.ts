// Options beside a file count instead of what the file says, in every format. What makes no sense is refused.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { JOB_ID } from '../client/support/jobs';
import { type Answer, json, refused } from '../client/support/scripted-fetch';
import { type Ran, runGpujobs } from './support/cli-stage';

const SUBMITTED = { id: JOB_ID, state: 'Queued', links: { self: '/', logs: '/', cancel: '/' } };
const OPTIONS = [
  ...['--env', 'LR=0.9', '--gpu', '5', '--time-limit', '1s', '--placement', 'p', '--name', 'n'],
  ...['--label', 'a=b', '--attempts', '1', '--concurrency-key', 'k'],
];
const GROUP = {
  name: 'a',
  properties: {
    containers: [
      {
        name: 'c',
        properties: {
          image: 'i',
          command: ['train'],
          environmentVariables: [{ name: 'LR', value: '0.1' }],
          resources: { requests: { cpu: 1, memoryInGB: 1.5 } },
        },
      },
    ],
    osType: 'Linux',
    restartPolicy: 'Never',
  },
};
const DOCUMENTS = {
  native: { image: 'i', name: 'a', command: ['train'], env: { LR: '0.1' } },
  'ACI YAML': GROUP,
  'an ARM template': {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    resources: [{ type: 'Microsoft.ContainerInstance/containerGroups', apiVersion: '2021-09-01', ...GROUP }],
  },
  Kubernetes: {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'a' },
    spec: {
      template: {
        spec: {
          restartPolicy: 'Never',
          containers: [{ name: 'c', image: 'i', command: ['train'], env: [{ name: 'LR', value: '0.1' }] }],
        },
      },
    },
  },
};

const takes = (): Answer => json(SUBMITTED, { status: 202 });
const sent = ({ asked }: Ran): unknown => JSON.parse(asked[0]?.body ?? 'null');

function submitDocument(document: object, options: readonly string[], env = {}): Promise<Ran> {
  return runGpujobs(['submit', '-', ...options], takes, { stdin: JSON.stringify(document), env });
}

describe.each(Object.entries(DOCUMENTS))('options beside %s', (_, document) => {
  test('count instead of what it says, and each change is printed on standard error', async () => {
    const ran = await submitDocument(document, OPTIONS);
    expect(ran).toMatchObject({ exitCode: 0, out: `${JOB_ID}\n` });
    expect(sent(ran)).toMatchObject({
      image: 'i',
      command: ['train'],
      name: 'n',
      env: { LR: '0.9' },
      gpu: { count: 5 },
      deadlines: { running: 1 },
      placements: ['p'],
      labels: { a: 'b' },
      retry: { attempts: 1 },
      concurrencyKey: 'k',
    });
    for (const line of [
      'name: a → n (by --name)',
      'env.LR: 0.1 → 0.9 (by --env)',
      'gpu: (nothing) → {"count":5} (by --gpu)',
      'deadlines.running: (nothing) → 1 (by --time-limit)',
      'placements: (nothing) → ["p"] (by --placement)',
      'labels.a: (nothing) → b (by --label)',
      'concurrencyKey: (nothing) → k (by --concurrency-key)',
    ])
      expect(ran.err.split('\n')).toContain(line);
  });

  test('replace its command by what stands behind --', async () => {
    const ran = await submitDocument(document, ['--', 'python', 'eval.py', '--fast']);
    expect(sent(ran)).toMatchObject({ image: 'i', command: ['python', 'eval.py', '--fast'] });
    expect(ran.err).toContain('command: ["train"] → ["python","eval.py","--fast"] (by --)');
  });
});

test('changes stand in the JSON answer, with the option, and never a secret', async () => {
  const document = { image: 'i', name: 'a', env: { TOKEN: 'plain' } };
  const ran = await submitDocument(document, ['--name', 'n', '--secure-env', 'TOKEN', '--output', 'json'], {
    TOKEN: 'hunter2',
  });
  expect(JSON.parse(ran.out)).toEqual({
    ...SUBMITTED,
    changed: [
      { pointer: '/name', from: 'a', to: 'n', by: '--name' },
      { pointer: '/env/TOKEN', from: 'plain', to: { withheld: true }, by: '--secure-env' },
    ],
  });
  expect(ran.out + ran.err).not.toContain('hunter2');
  expect(sent(ran)).toMatchObject({ env: { TOKEN: { secure: 'hunter2' } } });
});

test('a key by option replaces the key of the file, in the spec and in the header alike', async () => {
  const ran = await submitDocument({ image: 'i', idempotencyKey: 'old' }, ['--idempotency-key', 'new']);
  expect(sent(ran)).toEqual({ image: 'i', idempotencyKey: 'new' });
  expect(ran.asked[0]?.headers.get('idempotency-key')).toBe('new');
});

test('an identity that pulls the image takes the place of a user and a password', async () => {
  const registry = { server: 'r.azurecr.io', username: 'u', passwordRef: 'pw' };
  const ran = await submitDocument({ image: 'r.azurecr.io/i', registry }, ['--registry-identity', '/id']);
  expect(sent(ran)).toMatchObject({ registry: { server: 'r.azurecr.io', identity: '/id' } });
  expect(JSON.stringify(sent(ran))).not.toMatch(/passwordRef|username/);
});

test('a file without options goes as it is', async () => {
  const ran = await runGpujobs(['submit', '-'], takes, { stdin: 'image: x # mine\n' });
  expect(ran.asked[0]?.body).toBe('image: x # mine\n');
});

test('a fault of an option is named by the option, a fault of the file by its place', async () => {
  const wrong = 'image: i\nfoo: 1\n';
  const ran = await runGpujobs(['submit', '-', '--attempts', '21'], () => refused(), { stdin: wrong });
  expect(ran).toMatchObject({ exitCode: 65, asked: [] });
  expect(ran.err).toMatch(/--attempts \/retry\/attempts: /);
  expect(ran.err).toContain('line 2, column 1 (/foo): is not a known field');
});

test('what the deployment refuses of a changed file is named by its place in the file or by the option', async () => {
  const problem = {
    type: 'about:blank',
    title: 'Invalid job spec',
    status: 400,
    detail: '2 things are wrong.',
    errors: [
      {
        line: 1,
        column: 70,
        pointer: '/env/A/secretRef',
        detail: 'refers to a key vault, and none is configured',
      },
      {
        line: 1,
        column: 90,
        pointer: '/env/B/secretRef',
        detail: 'refers to a key vault, and none is configured',
      },
    ],
  };
  const ran = await runGpujobs(['submit', '-', '--secret-env', 'B=b'], () => json(problem, { status: 400 }), {
    stdin: 'image: i\nenv:\n  A: { secretRef: a }\n',
  });
  expect(ran.err).toContain('line 3, column 8 (/env/A/secretRef): refers');
  expect(ran.err).toContain(
    '/env/B/secretRef: refers to a key vault, and none is configured (by --secret-env)',
  );
});

describe('refused with 64, and nothing is asked', () => {
  test.each([
    ['an image beside a file', ['submit', 'job.json', '--image', 'x'], '--image x -- job.json'],
    [
      'an image beside a schedule file',
      ['schedule', 'add', 's', 'job.json', '--image', 'x'],
      'both say what to run',
    ],
    ['two files', ['submit', 'a.json', 'b.json'], 'a.json, b.json'],
    [
      'a format beside an image',
      ['submit', '--image', 'x', '--format', 'native'],
      '--format says how to read a FILE',
    ],
    ['parameters beside an image', ['submit', '--image', 'x', '--parameters', 'a=b'], '--parameters'],
    [
      'a variable given twice',
      ['submit', '--image', 'x', '--env', 'A=1', '--secret-env', 'A=a'],
      'A is given twice',
    ],
    ['a GPU that is named and not asked for', ['submit', '-', '--gpu', '0', '--sku', 'K80'], '--gpu 0'],
    ['a user without a password', ['submit', '-', '--registry-username', 'u'], '--registry-password-secret'],
    [
      'two ways to pull',
      [
        'submit',
        '-',
        '--registry-username',
        'u',
        '--registry-password-secret',
        'p',
        '--registry-identity',
        'i',
      ],
      'either by',
    ],
    ['an exit code that is none', ['submit', '-', '--exit-codes', '0,300'], 'from 1 to 255'],
  ])('%s', async (_, args, said) => {
    const ran = await runGpujobs(args, () => refused());
    expect(ran).toMatchObject({ exitCode: 64, out: '', asked: [] });
    expect(ran.err).toContain(said);
  });

  test('parameters beside what is no template', async () => {
    const ran = await runGpujobs(['submit', '-', '--parameters', 'a=b', '--name', 'n'], () => refused(), {
      stdin: '{"image":"i"}',
    });
    expect(ran.exitCode).toBe(64);
    expect(ran.err).toContain('is native, which has none');
  });
});

describe('schedule add', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gpujobs-schedule-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const stored = (request: { body?: string | undefined }): Answer =>
    json({
      ...(JSON.parse(request.body ?? '{}') as object),
      name: 's',
      origin: 'api',
      timeZone: 'UTC',
      overlap: 'allow',
      catchUp: 'skip',
      paused: false,
      next: [],
    });

  test.each([
    ['a job', { image: 'i', name: 'a' }, ['--cron', '0 3 * * *']],
    ['a schedule', { cron: '0 4 * * *', spec: { image: 'i', name: 'a' } }, ['--cron', '0 3 * * *']],
  ])('takes the options instead of what %s in the file says', async (what, document, timing) => {
    const file = join(folder, 'file.json');
    await writeFile(file, JSON.stringify(document));
    const ran = await runGpujobs(
      ['schedule', 'add', 's', file, ...timing, '--name', 'n', '--env', 'A=1'],
      stored,
    );
    expect(ran.exitCode).toBe(0);
    expect(sent(ran)).toMatchObject({ cron: '0 3 * * *', spec: { image: 'i', name: 'n', env: { A: '1' } } });
    expect(ran.err).toContain('name: a → n (by --name)');
    expect(ran.err.includes('cron: "0 4 * * *" → "0 3 * * *" (by --cron)')).toBe(what === 'a schedule');
  });

  test('refuses options of other formats beside a file that holds a schedule', async () => {
    const file = join(folder, 'file.json');
    await writeFile(file, JSON.stringify({ cron: '0 4 * * *', spec: { image: 'i' } }));
    const ran = await runGpujobs(['schedule', 'add', 's', file, '--restart-policy', 'Never'], () =>
      refused(),
    );
    expect(ran).toMatchObject({ exitCode: 64, asked: [] });
    expect(ran.err).toContain('--restart-policy');
  });
});

test('an image brings its registry, its exit codes and its retry along', async () => {
  const ran = await runGpujobs(
    [
      ...['submit', '--image', 'team.azurecr.io/train:1', '--registry-identity', '/id'],
      ...['--exit-codes', '75,137', '--rerun-after-start'],
    ],
    takes,
  );
  expect(sent(ran)).toEqual({
    image: 'team.azurecr.io/train:1',
    registry: { server: 'team.azurecr.io', identity: '/id' },
    retry: { exitCodes: [75, 137], rerunAfterStart: true },
  });
});
