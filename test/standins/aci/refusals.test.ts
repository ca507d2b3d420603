// What a create is refused for, and in which words.
import type { ContainerGroup } from '@azure/arm-containerinstance';

import { RESOURCE_GROUP } from '../../support/placements';
import type { RegionParts } from '../../support/world/region';
import { container, create, group, groupPath, setStage, withGpu } from './support';

interface Refusal {
  readonly why: string;
  readonly name?: string;
  readonly sent: Partial<ContainerGroup>;
  readonly settings?: RegionParts['settings'];
  readonly status: number;
  readonly code: string;
  readonly says: RegExp;
}

const NOT_AVAILABLE = /^The requested resource is not available in the location '\w+' at this moment\./;

const REFUSALS: readonly Refusal[] = [
  {
    why: 'a name with capitals',
    name: 'One',
    sent: {},
    status: 400,
    code: 'InvalidContainerGroupName',
    says: /'One' is invalid/,
  },
  {
    why: 'a container name with capitals',
    sent: { containers: [container({ name: 'Program' })] },
    status: 400,
    code: 'InvalidContainerName',
    says: /^The container name 'Program' in container group 'one' is invalid\./,
  },
  {
    why: 'an unknown operating system',
    sent: { osType: 'BeOS' },
    status: 400,
    code: 'InvalidOsType',
    says: /must be one of 'Windows,Linux'/,
  },
  {
    why: 'no requests',
    // A sender of plain JSON can leave out what the client's type requires.
    sent: { containers: [{ name: 'program', image: 'x', resources: undefined as never }] },
    status: 400,
    code: 'ResourceRequestsNotSpecified',
    says: /Both memory and CPU requests are required/,
  },
  {
    why: 'a GPU on Spot',
    sent: { priority: 'Spot', containers: [withGpu('V100', 1)] },
    status: 400,
    code: 'SpotPriorityContainerGroupWithGPUResourcesNotSupported',
    says: /Spot/,
  },
  {
    why: 'an SKU that the interface does not know',
    sent: { containers: [withGpu('H100', 1)] },
    status: 400,
    code: 'InvalidRequestContent',
    says: /Path 'properties\.containers\[0\]\.properties\.resources\.requests\.gpu\.sku'/,
  },
  {
    why: 'an SKU that the region does not offer',
    sent: { location: 'North Europe', containers: [withGpu('V100', 1)] },
    status: 409,
    code: 'ServiceUnavailable',
    says: /in the location 'northeurope' .* Resource requested: '1' CPU '1.5' GB memory 'Linux' OS '1' 'V100' GPU$/,
  },
  {
    why: 'any GPU since they are retired',
    sent: { containers: [withGpu('V100', 1)] },
    settings: { gpuOffer: {} },
    status: 409,
    code: 'ServiceUnavailable',
    says: NOT_AVAILABLE,
  },
  {
    why: 'a count of GPUs that does not exist',
    sent: { containers: [withGpu('K80', 3)] },
    status: 409,
    code: 'ServiceUnavailable',
    says: NOT_AVAILABLE,
  },
  {
    why: 'more cores than come with the GPUs',
    sent: { containers: [withGpu('K80', 2, 13)] },
    status: 409,
    code: 'ServiceUnavailable',
    says: NOT_AVAILABLE,
  },
  {
    why: 'more memory than comes with the GPU',
    sent: { containers: [withGpu('P100', 1, 6, 113)] },
    status: 409,
    code: 'ServiceUnavailable',
    says: NOT_AVAILABLE,
  },
  {
    why: 'more than the quota of cores for an SKU',
    sent: { containers: [withGpu('P100', 1)] },
    settings: { quotas: { StandardP100Cores: 0 } },
    status: 400,
    code: 'ContainerGroupQuotaReached',
    says: /quota 'P100Cores' exceeded in region 'eastus'\. Limit: '0', Usage: '0' Requested: '1'\.$/,
  },
  {
    why: 'GPUs that the region has run out of',
    sent: { containers: [withGpu('K80', 2)] },
    settings: { capacity: { 'eastus/K80': 1 } },
    status: 409,
    code: 'ServiceUnavailable',
    says: NOT_AVAILABLE,
  },
  {
    why: 'what the program would miss here',
    sent: { volumes: [{ name: 'share', gitRepo: { repository: 'https://example.com/r.git' } }] },
    status: 400,
    code: 'NotEmulated',
    says: /gitRepo volumes/,
  },
];

describe('a create is refused for', () => {
  for (const { why, name, sent, settings, status, code, says } of REFUSALS) {
    it(`${why}: ${status} ${code}`, async () => {
      const stage = setStage(settings && { settings });
      const refused = create(stage, name, sent);
      await expect(refused).rejects.toMatchObject({ statusCode: status, code });
      await expect(refused).rejects.toThrow(says);
      expect(stage.emulator.groupCount()).toBe(0);
      expect(stage.emulator.ledger().puts.map((put) => put.status)).toEqual([status]);
    });
  }

  it('an image that the registry does not show', async () => {
    const stage = setStage({ standingOf: () => ({ kind: 'inaccessible' }) });
    await expect(create(stage)).rejects.toMatchObject({
      statusCode: 400,
      code: 'InaccessibleImage',
      message:
        "The image 'example/program:1' in container group 'one' is not accessible. Please check the image and registry credential.",
    });
  });

  it("such an image, with this machine's advice after the service's own words", async () => {
    const stage = setStage({ standingOf: () => ({ kind: 'inaccessible', advice: 'Use another.' }) });
    await expect(create(stage)).rejects.toMatchObject({
      code: 'InaccessibleImage',
      message: expect.stringMatching(
        /is not accessible\. Please .* credential\. \(Use another\.\)$/,
      ) as string,
    });
  });

  it('a body that is no JSON', async () => {
    const stage = setStage();
    const answer = await stage.emulator.handle({
      method: 'PUT',
      url: new URL(groupPath('one'), 'https://management.azure.com'),
      headers: {},
      body: Buffer.from('{'),
    });
    expect(answer.status).toBe(400);
    expect(JSON.parse(String(answer.body))).toMatchObject({ error: { code: 'InvalidRequestContent' } });
  });
});

it('an ended group still counts against the quota, until it is deleted', async () => {
  const stage = setStage({ settings: { quotas: { ContainerGroups: 1 } } });
  await create(stage, 'one');
  stage.advance(10_000);
  await expect(create(stage, 'two')).rejects.toMatchObject({ code: 'ContainerGroupQuotaReached' });
  await stage.client.containerGroups.beginDelete(RESOURCE_GROUP, 'one');
  stage.advance(1_000);
  await create(stage, 'two');
});

it('an ended group leaves its GPUs to others', async () => {
  const stage = setStage({ settings: { capacity: { 'eastus/K80': 1 } } });
  const k80 = { containers: [withGpu('K80', 1)] };
  await create(stage, 'one', k80);
  await expect(create(stage, 'two', k80)).rejects.toMatchObject({ code: 'ServiceUnavailable' });
  stage.advance(10_000);
  await create(stage, 'two', k80);
});

it('a lack of capacity may show only while the group is created, without a code', async () => {
  const stage = setStage({ settings: { capacity: { 'eastus/K80': 0 }, capacityRefusal: 'while-creating' } });
  const polls: string[] = [];
  const created = stage.client.containerGroups.beginCreateOrUpdateAndWait(
    RESOURCE_GROUP,
    'one',
    group({ containers: [withGpu('K80', 1)] }),
    {
      updateIntervalInMs: 1,
      onResponse: ({ bodyAsText }) => {
        polls.push(bodyAsText ?? '');
        stage.advance(500);
      },
    },
  );
  await expect(created).rejects.toThrow(/^The long-running operation has failed$/);
  const { error } = JSON.parse(polls.at(-1) ?? '{}') as { error?: unknown };
  expect(error).toEqual({ message: expect.stringMatching(NOT_AVAILABLE) as unknown });
  const failed = await stage.client.containerGroups.get(RESOURCE_GROUP, 'one');
  expect(failed.provisioningState).toBe('Failed');
  expect(failed.instanceView?.events).toMatchObject([{ name: 'InsufficientCapacity.', type: 'Warning' }]);
  expect(stage.emulator.ledger().programs).toEqual([]);
});
