// Every format takes any positive number of GPUs: which numbers there are is the placement's to say.
import { stringify } from 'yaml';

import { group } from './aci/support';
import { template } from './arm/support';
import { jobWith } from './kubernetes/support';
import { problemsOf, specOf } from './support/parse';

const requests = (count: unknown) => ({ requests: { gpu: { count, sku: 'V100' } } });
const armGroup = (count: unknown) => template({ group: group(requests(count)) });
const manifest = (count: unknown) =>
  jobWith({ container: { resources: { limits: { cpu: 1, memory: '2G', 'nvidia.com/gpu': count } } } });

const FORMATS: readonly (readonly [string, (count: unknown) => string | object])[] = [
  ['a native spec', (count) => ({ image: 'a:1', gpu: { count } })],
  ["a container group's YAML", (count) => stringify(group(requests(count)))],
  ['an ARM template', armGroup],
  ['a Kubernetes manifest', manifest],
];

describe.each(FORMATS)('%s', (_format, document) => {
  test.each([1, 2, 3, 4, 5, 8, 16])('takes %i GPUs', (count) => {
    expect(specOf(document(count))).toMatchObject({ gpu: { count } });
  });

  test.each([-1, 1.5])('takes no %d GPUs', (count) => {
    expect(problemsOf(document(count)).join()).toContain('whole number');
  });
});

test("a template's parameter may say how many, as Azure's portal hands it over: as a text", () => {
  const parameters = { gpus: { type: 'string' } };
  const document = template({ parameters, group: group(requests("[parameters('gpus')]")) });
  expect(specOf(document, { parameters: { gpus: '5' } })).toMatchObject({ gpu: { count: 5 } });
});

test('a manifest with memory alone gets CPU for each of its GPUs', () => {
  const text = jobWith({ container: { resources: { limits: { 'nvidia.com/gpu': 5, memory: '64G' } } } });
  expect(specOf(text)).toMatchObject({ gpu: { count: 5 }, resources: { cpu: 20, memoryGb: 64 } });
});

test('a manifest with neither CPU nor memory leaves both to the placement', () => {
  const text = jobWith({ container: { resources: { limits: { 'nvidia.com/gpu': 5 } } } });
  expect(specOf(text)).not.toHaveProperty('resources');
});
