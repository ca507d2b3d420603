import { containerGroup } from '../../../backends/aci/container-group';
import type { CreateRequest } from '../../../domain/ports/compute-backend';
import type { JobSpec } from '../../../domain/spec/job-spec';
import { testPlacement } from '../../support/placements';
import { NEW_YEAR, testJobId } from '../../support/rows';

function request(spec: JobSpec, secrets: Record<string, string> = {}): CreateRequest {
  const ref = {
    name: `${testJobId(1)}-2`,
    placement: 'eastus',
    owner: 'owner1',
    jobId: testJobId(1),
    attempt: 2,
  };
  return { ref, spec, secrets, createdAt: NEW_YEAR + 1, expiresAt: NEW_YEAR + 1_001, timeoutMs: 1 };
}

describe('the container group of a spec', () => {
  test('starts the entrypoint that the placement knows, with the arguments, where there is no command', () => {
    const placement = testPlacement({ entrypoints: { a: ['python', 'train.py'] } });
    const commandOf = (spec: JobSpec): unknown =>
      containerGroup(request(spec), placement).containers[0]?.command;
    expect(commandOf({ image: 'a:1', args: ['--steps', '5'] })).toEqual([
      'python',
      'train.py',
      '--steps',
      '5',
    ]);
    expect(commandOf({ image: 'a:1', command: ['sh'], args: ['-x'] })).toEqual(['sh', '-x']);
    expect(commandOf({ image: 'a:1' })).toBeUndefined();
    expect(() => commandOf({ image: 'b:1', args: ['-x'] })).toThrow('names no entrypoint of b:1');
  });

  test('has our tags, runs once, and asks for the defaults', () => {
    expect(containerGroup(request({ image: 'a:1' }), testPlacement())).toEqual({
      location: 'eastus',
      tags: {
        'managed-by': 'gpu-job-runner',
        'gpu-jobs-owner': 'owner1',
        'gpu-jobs-job': testJobId(1),
        'gpu-jobs-attempt': '2',
        'gpu-jobs-created': '1767225600',
        'gpu-jobs-expires-at': '1767225602',
      },
      osType: 'Linux',
      restartPolicy: 'Never',
      containers: [
        {
          name: 'program',
          image: 'a:1',
          environmentVariables: [
            { name: 'GPU_JOBS_JOB', value: testJobId(1) },
            { name: 'GPU_JOBS_ATTEMPT', value: '2' },
          ],
          resources: { requests: { cpu: 1, memoryInGB: 1.5 } },
        },
      ],
    });
  });

  test('has command and arguments in one, the GPU that the placement gives, and the resources', () => {
    const placement = testPlacement({ gpus: [{ sku: 'K80', counts: [2] }], accepts: { V100: 'K80' } });
    const spec: JobSpec = {
      image: 'a:1',
      command: ['python'],
      args: ['x.py'],
      gpu: { count: 2, sku: 'V100' },
      resources: { cpu: 4, memoryGb: 8 },
    };
    expect(containerGroup(request(spec), placement).containers[0]).toMatchObject({
      command: ['python', 'x.py'],
      resources: { requests: { cpu: 4, memoryInGB: 8, gpu: { count: 2, sku: 'K80' } } },
    });
  });

  test('has secrets as secure values only; the names that every program gets are ours', () => {
    const spec: JobSpec = {
      image: 'a:1',
      env: { A: 'x', TOKEN: { secure: 'hmac-sha256:…' }, GPU_JOBS_JOB: 'mine' },
    };
    expect(
      containerGroup(request(spec, { TOKEN: 'open sesame' }), testPlacement()).containers[0]
        ?.environmentVariables,
    ).toEqual([
      { name: 'GPU_JOBS_JOB', value: testJobId(1) },
      { name: 'GPU_JOBS_ATTEMPT', value: '2' },
      { name: 'A', value: 'x' },
      { name: 'TOKEN', secureValue: 'open sesame' },
    ]);
  });

  test('is none when a secret is not held any more or the GPU not offered any more, and the error says which', () => {
    expect(() =>
      containerGroup(request({ image: 'a', env: { TOKEN: { secure: 'x' } } }), testPlacement()),
    ).toThrow('variable TOKEN is not held');
    expect(() =>
      containerGroup(request({ image: 'a', gpu: { count: 1, sku: 'H100' } }), testPlacement()),
    ).toThrow('offers no 1 × H100');
  });

  test('pulls from a registry with an identity', () => {
    const identity =
      '/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/puller';
    const group = containerGroup(
      request({ image: 'a', registry: { server: 'r.example', identity } }),
      testPlacement(),
    );
    expect(group).toMatchObject({
      imageRegistryCredentials: [{ server: 'r.example', identity }],
      identity: { type: 'UserAssigned', userAssignedIdentities: { [identity]: {} } },
    });
  });
});
