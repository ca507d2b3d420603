// Any spec that the schema takes, and what its manifest says of it: for properties.
import fc from 'fast-check';

import { deadlinesOf, type JobSpec, jobSpecSchema, retryPolicyOf } from '../../../domain/spec/job-spec';

/** Texts with everything that YAML, shells and Kubernetes make something of. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc
    .array(
      fc.constantFrom('$', '(', ')', '$(A)', '$$', 'A', ' ', '\n', '\t', '#', ': ', '- ', '"', "'", '\\'),
      {
        maxLength: 8,
      },
    )
    .map((parts) => parts.join('')),
  fc.constantFrom('true', 'null', '0x1F', '1e3', '500', '~', '', 'yes', '<<', '*a', '&a', '{{', '1_000'),
);
const key = fc.stringMatching(/^[A-Za-z0-9-]{1,20}$/);
const variable = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,8}[A-Za-z0-9]$/);
/** Of what a placement offers. */
const name = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/);
const labelValue = fc.oneof(fc.stringMatching(/^[A-Za-z0-9]{1,20}$/), text);
const seconds = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max });

const toleration = fc.record(
  {
    key: fc.constantFrom('sku', 'nvidia.com/gpu'),
    operator: fc.constantFrom('Exists' as const, 'Equal' as const),
    value: fc.constantFrom('gpu', ''),
    effect: fc.constantFrom('NoSchedule' as const, 'NoExecute' as const),
    tolerationSeconds: fc.integer({ min: 0, max: 300 }),
  },
  { requiredKeys: [] },
);

/**
 * Secrets by reference only: a manifest holds no literal one. CPU to the thousandth: Kubernetes knows nothing finer.
 */
export const arbitrarySpec: fc.Arbitrary<JobSpec> = fc
  .record(
    {
      image: fc.stringMatching(/^[!-~]{1,40}$/),
      command: fc.array(text, { minLength: 1, maxLength: 4 }),
      args: fc.array(text, { minLength: 1, maxLength: 4 }),
      env: fc.dictionary(variable, fc.oneof(text, fc.record({ secretRef: key })), { minKeys: 1, maxKeys: 5 }),
      workingDir: fc.constantFrom('/', '/workspace'),
      identity: name,
      volumes: fc
        .array(fc.record({ name, readOnly: fc.boolean() }, { requiredKeys: ['name'] }), {
          minLength: 1,
          maxLength: 3,
        })
        .map((volumes) => volumes.map((volume, index) => ({ ...volume, path: `/mnt/${index}` }))),
      scratch: fc
        .array(
          fc.record(
            {
              sizeGb: fc.integer({ min: 1_000_000, max: 10_000_000_000_000 }).map((bytes) => bytes / 1e9),
              memory: fc.constant(true as const),
            },
            { requiredKeys: [] },
          ),
          { minLength: 1, maxLength: 2 },
        )
        .map((scratch) => scratch.map((one, index) => ({ ...one, path: `/scratch/${index}` }))),
      outputs: fc.constant({ path: '/outputs' }),
      checkpoints: fc.constant({ path: '/checkpoints' }),
      resources: fc.record({
        cpu: fc.integer({ min: 10, max: 1_000_000 }).map((milli) => milli / 1000),
        memoryGb: fc.integer({ min: 100_000_000, max: 10_000_000_000_000 }).map((bytes) => bytes / 1e9),
      }),
      gpu: fc.record(
        {
          count: fc.oneof(fc.constantFrom(1, 2, 4, 8), fc.integer({ min: 1, max: 100_000 })),
          sku: fc.constantFrom('K80', 'V100', 'A "100"'),
        },
        { requiredKeys: ['count'] },
      ),
      registry: fc.record({ server: fc.constant('registry.example'), identity: key }),
      deadlines: fc.record(
        {
          queued: seconds(100_000),
          provisioning: fc.integer({ min: 600, max: 7_200 }),
          pulling: seconds(14_400),
          running: seconds(604_800),
          archiving: seconds(3_600),
        },
        { requiredKeys: [] },
      ),
      retry: fc.record(
        {
          attempts: fc.integer({ min: 1, max: 20 }),
          rerunAfterStart: fc.boolean(),
          exitCodes: fc.array(fc.integer({ min: 1, max: 255 }), { maxLength: 5 }),
        },
        { requiredKeys: [] },
      ),
      kubernetes: fc
        .record(
          {
            nodeSelector: fc.constantFrom({ accelerator: 'nvidia' }, { 'kubernetes.io/arch': 'amd64' }),
            tolerations: fc.array(toleration, { minLength: 1, maxLength: 3 }),
          },
          { requiredKeys: [] },
        )
        .filter((nodes) => Object.keys(nodes).length > 0),
      placements: fc.array(key, { minLength: 1, maxLength: 3 }),
      concurrencyKey: fc.stringMatching(/^[ -~]{1,20}$/),
      labels: fc.dictionary(fc.oneof(key, fc.stringMatching(/^[ -~]{1,20}$/)), labelValue, {
        minKeys: 1,
        maxKeys: 5,
        noNullPrototype: true,
      }),
      idempotencyKey: fc.stringMatching(/^[ -~]{1,20}$/),
      name: fc.oneof(fc.stringMatching(/^[a-z0-9]{1,20}$/), fc.stringMatching(/^[ -~]{1,70}$/)),
    },
    { requiredKeys: ['image'] },
  )
  .map((spec) => jobSpecSchema.parse(spec));

/** The spec with what its manifest writes out: retries, the running deadline, a name. */
export function writtenOut(spec: JobSpec): JobSpec {
  const { attempts, rerunAfterStart, exitCodes } = retryPolicyOf(spec);
  const codes = [...new Set(exitCodes)].toSorted((a, b) => a - b);
  return {
    ...spec,
    name: spec.name ?? 'gpu-job',
    retry: { attempts, rerunAfterStart, exitCodes: codes },
    deadlines: { ...spec.deadlines, running: deadlinesOf(spec).running },
  };
}
