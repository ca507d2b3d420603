// A member differs from the others in its texts alone: what a policy or a placement judges is the array's.
import { memberSpec } from '../../../domain/group/member-spec';
import { type JobSpec, parseJobSpec } from '../../../domain/spec/job-spec';
import { forbidden } from '../../../domain/spec/policy';

const MEMBER = { index: 0, parameters: { to: 'stolen' } };

test('no placeholder is filled in where a spec names a secret, an image, a registry or an identity', () => {
  const spec: JobSpec = {
    image: 'example/{{to}}:1',
    registry: { server: '{{to}}.example', passwordRef: '{{to}}' },
    identity: '{{to}}',
    volumes: [{ name: '{{to}}', path: '/{{to}}' }],
    outputs: { path: '/{{to}}-out' },
    placements: ['{{to}}'],
    env: { KEY: { secretRef: '{{to}}' }, PLAIN: '{{to}}' },
  };
  const made = memberSpec(spec, { id: 'g1', size: 1 }, MEMBER);
  expect(made.env?.['PLAIN']).toBe('stolen');
  expect(JSON.stringify({ ...made, env: made.env?.['KEY'] })).not.toContain('stolen');
});

test.each([
  [{ identity: '{{to}}' }, '/identity'],
  [{ volumes: [{ name: '{{to}}', path: '/data' }] }, '/volumes/0/name'],
  [{ env: { KEY: { secretRef: '{{to}}' } } }, '/env/KEY/secretRef'],
  [{ env: { KEY: { secretRef: '$(OTHER)' } } }, '/env/KEY/secretRef'],
  [{ env: { KEY: { secretRef: 'https://other.vault.azure.net/secrets/key' } } }, '/env/KEY/secretRef'],
  [{ identity: '/subscriptions/s/resourceGroups/g/providers/x/userAssignedIdentities/admin' }, '/identity'],
])('a spec with %j is refused as it is written', (over, pointer) => {
  const parsed = parseJobSpec({ image: 'example/program:1', ...over }, 600);
  expect(parsed.ok ? [] : parsed.problems.map((problem) => problem.pointer)).toEqual([pointer]);
});

test('a plain variable that quotes a secret in another one names no secret of the vault', () => {
  const env = {
    KEY: { secretRef: 'jobs-key' },
    COPY: '$(KEY) ${KEY} {{secretRef}} @Microsoft.KeyVault(SecretName=admin)',
  };
  expect(forbidden({ image: 'a', env }, { secrets: ['jobs-*'] })).toEqual([]);
  const { COPY } = memberSpec({ image: 'a', env }, { id: 'g1', size: 1 }, MEMBER).env ?? {};
  expect(COPY).toBe(env.COPY);
});
