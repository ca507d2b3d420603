// A platform that repeats what it was sent, in each of its answers: nothing of a secret gets past the backend.
import { inspect } from 'node:util';

import { backendsByPlacement, type ConfiguredPlacement } from '../../backends/backends';
import { discreetBackend } from '../../backends/discreet-backend';
import { reason } from '../../domain/job/failure-reason';
import type {
  ComputeBackend,
  CreateRequest,
  Workload,
  WorkloadRef,
} from '../../domain/ports/compute-backend';
import { type RunningServer, serve } from '../../standins/wire/node-server';
import { ScriptedBackend } from '../support/app/scripted-backend';
import { containerAppsPlacement } from '../support/container-apps-placement';
import { testPlacement } from '../support/placements';
import { testJobId } from '../support/rows';
import { barePlacement } from './kubernetes/bare-placement';
import { kubeconfigOf } from './kubernetes/cluster/api-server';

const SIGNATURE = 'Zm9v%2BYmFyL2Jhei9xdXV4L2NvcmdlL2dyYXVsdA%3D%3D';
const URL_OF_OUTPUTS = `https://acct.blob.core.windows.net/job-outputs-j1/1?sv=2026-04-06&sp=cw&sig=${SIGNATURE}`;
const ACCOUNT_KEY = Buffer.alloc(64, 7).toString('base64');
const JSON_BODY = { 'content-type': 'application/json' };
const SECRETS = ['open sesame', 'a "quoted" password', SIGNATURE, ACCOUNT_KEY];

function refOf(placement: string): WorkloadRef {
  return { name: `${testJobId(1)}-1`, placement, owner: 'owner1', jobId: testJobId(1), attempt: 1 };
}

function requestFor(placement: string): CreateRequest {
  return {
    ref: refOf(placement),
    spec: { image: 'docker.io/a/b:1', env: { TOKEN: { secure: 'held' } } },
    secrets: { TOKEN: 'open sesame' },
    registryPassword: 'a "quoted" password',
    volumeKeys: { results: ACCOUNT_KEY },
    told: { variables: {}, secrets: { GPU_JOBS_OUTPUT_URL: URL_OF_OUTPUTS } },
    createdAt: 0,
    expiresAt: 3_600_000,
    timeoutMs: 5_000,
  };
}

function expectNoSecret(said: unknown): void {
  // What a log would show of it, with the fields of errors and their causes.
  const text = `${inspect(said, { depth: 20 })} ${JSON.stringify(said)}`;
  for (const secret of SECRETS) expect(text).not.toContain(secret);
}

describe('a platform that refuses a create with its own words back', () => {
  let server: RunningServer;
  const sent: string[] = [];
  beforeAll(async () => {
    server = await serve(
      ({ method, body }) => {
        if (method === 'GET') {
          const error = {
            code: 'ResourceNotFound',
            message: `There is no ${refOf('').name}.`,
            reason: 'NotFound',
          };
          const absent = JSON.stringify({ ...error, error, kind: 'Status' });
          return Promise.resolve({ status: 404, headers: JSON_BODY, body: absent });
        }
        sent.push(body.toString());
        const message = `Refused: ${body.toString()}; decoded ${URL_OF_OUTPUTS} and open sesame`;
        const error = { code: 'BadRequest', message };
        const said = JSON.stringify({ ...error, error, kind: 'Status', reason: 'Invalid', details: {} });
        return Promise.resolve({ status: 422, headers: JSON_BODY, body: said });
      },
      {
        port: 0,
        onError: (error) => {
          throw error;
        },
      },
    );
  });
  afterAll(() => server.close());

  const kubeconfig = (): string => kubeconfigOf({ server: server.origin }, { token: 'runner' });
  const credential = {
    getToken: () => Promise.resolve({ token: 'any', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }),
  };

  function backendOf(placement: ConfiguredPlacement): ComputeBackend {
    return backendsByPlacement([placement], {
      armEndpoint: new URL(server.origin),
      logsEndpoint: new URL(server.origin),
      credential,
      environment: {},
      secretOf: () => Promise.resolve(kubeconfig()),
      clock: { now: () => Date.now() },
      onPace: () => undefined,
    }).backendOf(placement.name);
  }

  test.each<[string, ConfiguredPlacement]>([
    ['Container Instances', testPlacement({ name: 'aci' })],
    ['Container Apps', containerAppsPlacement({ name: 'apps' })],
    ['Kubernetes', { ...barePlacement, name: 'cluster' }],
  ])('on %s says why, and none of the secrets', async (_, placement) => {
    sent.length = 0;
    const backend = backendOf(placement);
    const answer = await (backend.prepare ?? backend.create)(requestFor(placement.name));
    // The secrets were on their way, by each platform's own place for them.
    expect(sent.join()).toMatch(/secureValue|"secrets":\[|"kind":"Secret"/);
    expect(answer.kind).not.toBe('accepted');
    expect(JSON.stringify(answer)).toContain('[redacted]');
    expectNoSecret(answer);
  });
});

describe('a backend whose platform repeats an address', () => {
  const said = `It said ${URL_OF_OUTPUTS} and ${ACCOUNT_KEY}`;
  const ref = refOf('eastus');
  const told = { code: 'capacity' as const, class: 'infrastructure' as const, message: said };

  test('tells it in no look, removal or log', async () => {
    const scripted = new ScriptedBackend();
    const workload: Workload = {
      ...{ phase: 'ended', started: 'yes', restartCount: 0, exitCode: 1, exitDetail: said },
      ...{ exitReason: told, failure: told, lacking: told, startTrouble: told },
    };
    scripted.looks = [{ kind: 'present', workload }];
    scripted.log = { kind: 'unavailable', why: said };
    const backend = discreetBackend(scripted);
    const answers = [await backend.observe(ref), await backend.remove(ref), await backend.logs(ref)];
    scripted.looks = [{ kind: 'unreadable', why: said, scopeMissing: false }];
    answers.push(await backend.observe(ref));
    expect(JSON.stringify(answers).match(/sig=\[redacted\]/g)).toHaveLength(12);
    expectNoSecret(answers);
    expect(answers[0]).toMatchObject({ workload: { exitCode: 1, failure: { code: 'capacity' } } });
  });

  test.each(['create', 'list', 'usages', 'observe'])('tells it in no failure of %s', async (asked) => {
    const scripted = new ScriptedBackend();
    const failure = new TypeError(said, { cause: new Error(said) });
    scripted.meanwhile = () => {
      throw failure;
    };
    const backend = discreetBackend(scripted);
    const calls: Readonly<Record<string, () => Promise<unknown>>> = {
      create: () => backend.create(requestFor('eastus')),
      list: () => backend.list('owner1'),
      usages: () => backend.usages(),
      observe: () => backend.observe(ref),
    };
    const thrown: unknown = await calls[asked]?.().catch((error: unknown) => error);
    expect(thrown).toBe(failure);
    expectNoSecret(thrown);
    expect(String(thrown)).toContain('[redacted]');
  });

  test('tells a program’s own text as it was printed', async () => {
    const scripted = new ScriptedBackend();
    scripted.log = { kind: 'window', bytes: Buffer.from(said), whole: true };
    expect(await discreetBackend(scripted).logs(ref)).toEqual(scripted.log);
  });

  test('tells a preparation that is refused or unknown without it', async () => {
    const scripted = new ScriptedBackend();
    const refused = reason('refused', `${said} open sesame`);
    scripted.preparing({ kind: 'refused', reason: refused }, { kind: 'unknown', why: said });
    const backend = discreetBackend(scripted);
    const answers = [
      await backend.prepare?.(requestFor('eastus')),
      await backend.prepare?.(requestFor('eastus')),
    ];
    expect(answers).toMatchObject([{ kind: 'refused' }, { kind: 'unknown' }]);
    expectNoSecret(answers);
  });
});
