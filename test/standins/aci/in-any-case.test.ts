// Bodies as people write them: Azure reads names of fields and enums without regard to case.
import { z } from 'zod';

import { inAnyCase } from '../../../standins/aci/in-any-case';
import { groupPath, setStage } from './support';

const schema = z.looseObject({
  osType: z.union([z.enum(['Linux', 'Windows']), z.string()]).nullish(),
  list: z.array(z.looseObject({ memoryInGB: z.number().optional() })).optional(),
  inner: z.looseObject({ sku: z.enum(['K80', 'V100']) }).optional(),
});

describe('a body is read', () => {
  test.each<[string, unknown, unknown]>([
    ['names in any case', { OSTYPE: 'Linux' }, { osType: 'Linux' }],
    ['names in lists', { list: [{ memoryInGb: 1 }] }, { list: [{ memoryInGB: 1 }] }],
    [
      'enums in any case',
      { inner: { SKU: 'v100' }, ostype: 'linux' },
      { inner: { sku: 'V100' }, osType: 'Linux' },
    ],
    ['a null as nothing', { osType: null, inner: null }, {}],
    ['what the schema does not know as it is', { Other: { A: null } }, { Other: { A: null } }],
    [
      'an unknown value of an enum as it is',
      { osType: 'BeOS', inner: { sku: 'h100' } },
      { osType: 'BeOS', inner: { sku: 'h100' } },
    ],
    ['a value of another kind as it is', { list: 'no list', inner: [1] }, { list: 'no list', inner: [1] }],
  ])('with %s', (_what, body, expected) => {
    expect(inAnyCase(schema, body)).toEqual(expected);
  });
});

test("a group whose names and enums are written in other cases is created and shown in the service's spelling", async () => {
  const stage = setStage();
  const created = await stage.send('PUT', groupPath('one'), {
    Location: 'eastus',
    properties: {
      OsType: 'linux',
      restartPolicy: 'NEVER',
      containers: [
        {
          name: 'c',
          properties: {
            Image: 'example/program:1',
            resources: { requests: { cpu: 4, memoryInGb: 12, GPU: { count: 1, sku: 'v100' } } },
          },
        },
      ],
    },
  });
  expect(created.status).toBe(201);
  expect(JSON.parse(String(created.body))).toMatchObject({
    location: 'eastus',
    properties: {
      osType: 'Linux',
      restartPolicy: 'Never',
      containers: [
        {
          properties: {
            image: 'example/program:1',
            resources: { requests: { cpu: 4, memoryInGB: 12, gpu: { count: 1, sku: 'V100' } } },
          },
        },
      ],
    },
  });
});
