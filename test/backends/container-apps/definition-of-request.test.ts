import { definitionOfRequest } from '../../../backends/container-apps/definition-of-request';
import type { CreateRequest } from '../../../domain/ports/compute-backend';
import type { JobSpec } from '../../../domain/spec/job-spec';
import { containerAppsPlacement } from '../../support/container-apps-placement';
import { NEW_YEAR, testJobId } from '../../support/rows';

const SPEC: JobSpec = { image: 'registry.example/train:1' };

function request(spec: Partial<JobSpec>, more: Partial<CreateRequest> = {}): CreateRequest {
  const jobId = testJobId(1);
  const ref = { name: `${jobId}-2`, placement: 'apps', owner: 'owner1', jobId, attempt: 2 };
  return {
    ref,
    spec: { ...SPEC, ...spec },
    secrets: {},
    createdAt: NEW_YEAR,
    expiresAt: NEW_YEAR + 60_000,
    timeoutMs: 1,
    ...more,
  };
}

const containerOf = (spec: Partial<JobSpec>, more: Partial<CreateRequest> = {}) =>
  definitionOfRequest(request(spec, more), containerAppsPlacement()).template?.containers?.[0];

describe('the definition of a spec on Container Apps', () => {
  test('carries our tags, runs one replica once, and has a deadline beyond all of ours', () => {
    const deadlines = { provisioning: 100, pulling: 200, running: 300 };
    expect(definitionOfRequest(request({ deadlines }), containerAppsPlacement())).toEqual({
      location: 'westus3',
      tags: {
        'managed-by': 'gpu-job-runner',
        'gpu-jobs-owner': 'owner1',
        'gpu-jobs-job': testJobId(1),
        'gpu-jobs-attempt': '2',
        'gpu-jobs-created': '1767225600',
        'gpu-jobs-expires-at': '1767225660',
      },
      environmentId:
        '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg1/providers/Microsoft.App/managedEnvironments/env1',
      workloadProfileName: 'Consumption',
      configuration: {
        triggerType: 'Manual',
        replicaTimeout: 1_200,
        replicaRetryLimit: 0,
        manualTriggerConfig: { parallelism: 1, replicaCompletionCount: 1 },
        secrets: [],
        registries: [],
      },
      template: {
        containers: [
          {
            name: 'program',
            image: 'registry.example/train:1',
            env: [
              { name: 'GPU_JOBS_JOB', value: testJobId(1) },
              { name: 'GPU_JOBS_ATTEMPT', value: '2' },
            ],
            resources: { cpu: 1, memory: '2Gi' },
          },
        ],
      },
    });
  });

  test('is the same for the same request, since its PUT may be repeated', () => {
    const asked = request({ env: { TOKEN: { secure: 's' } } }, { secrets: { TOKEN: 's' } });
    const placement = containerAppsPlacement();
    expect(definitionOfRequest(asked, placement)).toEqual(definitionOfRequest(asked, placement));
  });

  test('leaves args to the image, and commands to themselves', () => {
    expect(containerOf({ args: ['--steps', '5'] })).not.toHaveProperty('command');
    expect(containerOf({ args: ['--steps', '5'] })).toMatchObject({ args: ['--steps', '5'] });
    expect(containerOf({ command: ['sh'], args: ['-x'] })).toMatchObject({ command: ['sh'], args: ['-x'] });
  });

  test('holds the values of secret variables apart, under names without the names of variables', () => {
    const asked = request(
      { env: { PLAIN: 'seen', TOKEN: { secure: 'hidden' } } },
      { secrets: { TOKEN: 'hidden' } },
    );
    const { configuration, template } = definitionOfRequest(asked, containerAppsPlacement());
    expect(configuration?.secrets).toEqual([{ name: 'env-0', value: 'hidden' }]);
    expect(template?.containers?.[0]?.env).toEqual(
      expect.arrayContaining([
        { name: 'PLAIN', value: 'seen' },
        { name: 'TOKEN', secretRef: 'env-0' },
      ]),
    );
    expect(JSON.stringify(template)).not.toContain('hidden');
  });

  test('takes the profile of the GPU, by its name in the environment', () => {
    const asked = request({ gpu: { count: 1, sku: 't4' }, resources: { cpu: 4, memoryGb: 28 } });
    const made = definitionOfRequest(asked, containerAppsPlacement());
    expect(made.workloadProfileName).toBe('serverless-t4');
    expect(made.template?.containers?.[0]?.resources).toEqual({ cpu: 4, memory: '26.5Gi' });
  });

  test('pulls by an identity, or by a password that is a secret', () => {
    const identity =
      '/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i';
    const byIdentity = definitionOfRequest(
      request({ registry: { server: 'r.example', identity } }),
      containerAppsPlacement(),
    );
    expect(byIdentity.identity).toEqual({
      type: 'UserAssigned',
      userAssignedIdentities: { [identity]: {} },
    });
    expect(byIdentity.configuration?.registries).toEqual([{ server: 'r.example', identity }]);
    const byPassword = definitionOfRequest(
      request(
        { registry: { server: 'r.example', username: 'u', passwordRef: 'ref' } },
        { registryPassword: 'secret' },
      ),
      containerAppsPlacement(),
    );
    expect(byPassword.configuration?.registries).toEqual([
      { server: 'r.example', username: 'u', passwordSecretRef: 'registry-password' },
    ]);
    expect(byPassword.configuration?.secrets).toEqual([{ name: 'registry-password', value: 'secret' }]);
  });

  test('names an environment elsewhere by its whole id', () => {
    const environment =
      '/subscriptions/s2/resourceGroups/shared/providers/Microsoft.App/managedEnvironments/env2';
    expect(definitionOfRequest(request({}), containerAppsPlacement({ environment })).environmentId).toBe(
      environment,
    );
  });
});
