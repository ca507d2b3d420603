import fc from 'fast-check';
import { parse as parseYaml } from 'yaml';

import { kubernetesManifest } from '../../../formats/kubernetes/manifest';
import { arbitrarySpec, writtenOut } from './arbitrary-spec';
import { taken } from './support';

describe('the manifest of a spec', () => {
  test('is a Job that a cluster takes', () => {
    const { text, notes } = kubernetesManifest({
      name: 'Nightly training!',
      image: 'registry.example/train:1',
      args: ['--out', '$(date)'],
      env: { LEVEL: 'debug', TOKEN: { secretRef: 'api-token' }, PASS_WORD: { secure: 'open sesame' } },
      resources: { cpu: 4, memoryGb: 12 },
      gpu: { count: 1, sku: 'V100' },
      retry: { exitCodes: [75, 3], rerunAfterStart: true },
      kubernetes: { nodeSelector: { accelerator: 'nvidia' } },
      labels: { team: 'vision', 'is it': 'for Kubernetes?' },
    });
    expect(parseYaml(text)).toEqual({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        name: 'nightly-training',
        labels: { team: 'vision' },
        annotations: {
          'gpu-job-runner/spec':
            '{"name":"Nightly training!","gpu":{"sku":"V100"},"deadlines":{"running":86400},"retry":{"attempts":3,"rerunAfterStart":true,"exitCodes":[3,75]},"labels":{"is it":"for Kubernetes?"}}',
        },
      },
      spec: {
        completions: 1,
        parallelism: 1,
        backoffLimit: 0,
        podReplacementPolicy: 'Failed',
        podFailurePolicy: {
          rules: [{ action: 'FailJob', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
        },
        // 20 minutes + 30 minutes + a day + 5 minutes until the expiry, which is 10 minutes later, and 10 minutes.
        activeDeadlineSeconds: 1_200 + 1_800 + 86_400 + 300 + 600 + 600,
        ttlSecondsAfterFinished: 86_400 + 300 + 600,
        template: {
          spec: {
            restartPolicy: 'Never',
            activeDeadlineSeconds: 1_800 + 86_400 + 600,
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            nodeSelector: { accelerator: 'nvidia' },
            securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
            containers: [
              {
                name: 'program',
                image: 'registry.example/train:1',
                args: ['--out', '$$(date)'],
                env: [
                  { name: 'LEVEL', value: 'debug' },
                  {
                    name: 'TOKEN',
                    valueFrom: { secretKeyRef: { name: 'gpu-job-runner', key: 'api-token' } },
                  },
                  {
                    name: 'PASS_WORD',
                    valueFrom: { secretKeyRef: { name: 'gpu-job-runner', key: 'PASS-WORD' } },
                  },
                ],
                resources: { limits: { cpu: '4', memory: '12G', 'nvidia.com/gpu': 1 } },
                securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
              },
            ],
          },
        },
      },
    });
    expect(text).not.toContain('open sesame');
    expect(notes.map(({ kind, where }) => `${kind} ${where.pointer ?? ''}`)).toEqual([
      'translated /env/TOKEN',
      'warning /env/PASS_WORD',
    ]);
  });

  test('is read back as the same spec, with its defaults written out', () => {
    fc.assert(
      fc.property(arbitrarySpec, (spec) => {
        expect(taken(kubernetesManifest(spec).text).spec).toEqual(writtenOut(spec));
      }),
      { numRuns: 50 },
    );
  });
});
