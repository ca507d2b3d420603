// A group's life as the genuine client sees it.
import { z } from 'zod';

import { RESOURCE_GROUP } from '../../support/placements';
import { container, create, exits, firstContainer, group, setStage, states, UNTIL_RUNNING } from './support';

describe('a group that runs its program once', () => {
  it('goes through Pending, Creating and Running to Succeeded', async () => {
    const stage = setStage();
    await create(stage);
    expect(await states(stage)).toEqual(['Pending', 'Pending']);
    expect((await firstContainer(stage))?.instanceView).toBeUndefined();
    stage.advance(800);
    expect(await states(stage)).toEqual(['Creating', 'Pending']);
    expect((await firstContainer(stage))?.instanceView).toMatchObject({
      currentState: { state: 'Waiting' },
      events: [{ name: 'Pulling', message: 'pulling image "example/program:1"', count: 1, type: 'Normal' }],
    });
    stage.advance(1_000);
    expect(await states(stage)).toEqual(['Succeeded', 'Running']);
    stage.advance(5_000);
    expect(await states(stage)).toEqual(['Succeeded', 'Succeeded']);
    const view = (await firstContainer(stage))?.instanceView;
    expect(view).toMatchObject({
      restartCount: 0,
      currentState: { state: 'Terminated', exitCode: 0, detailStatus: 'Completed' },
    });
    expect(view?.events?.map(({ name }) => name)).toEqual(['Pulling', 'Pulled', 'Started']);
    const { startTime, finishTime } = view?.currentState ?? {};
    expect((finishTime?.getTime() ?? 0) - (startTime?.getTime() ?? 0)).toBe(5_000);
  });

  it('fails with the exit code of its program', async () => {
    const stage = setStage({ scripts: [exits(3)] });
    await create(stage);
    stage.advance(UNTIL_RUNNING + 5_000);
    expect(await states(stage)).toEqual(['Succeeded', 'Failed']);
    expect((await firstContainer(stage))?.instanceView?.currentState?.exitCode).toBe(3);
  });

  it('is listed without instance views', async () => {
    const stage = setStage();
    await create(stage);
    stage.advance(UNTIL_RUNNING);
    for (const pages of [
      stage.client.containerGroups.list(),
      stage.client.containerGroups.listByResourceGroup(RESOURCE_GROUP),
    ]) {
      const listed = [];
      for await (const one of pages) listed.push(one);
      expect(listed).toHaveLength(1);
      expect(listed[0]).toMatchObject({ name: 'one', provisioningState: 'Succeeded' });
      expect(listed[0]?.instanceView).toBeUndefined();
      expect(listed[0]?.containers[0]?.instanceView).toBeUndefined();
    }
  });

  it('keeps secrets to itself', async () => {
    const stage = setStage();
    const environmentVariables = [
      { name: 'PLAIN', value: 'shown' },
      { name: 'SECRET', secureValue: 'hidden' },
    ];
    await create(stage, 'one', {
      containers: [container({ environmentVariables })],
      imageRegistryCredentials: [{ server: 'registry.example', username: 'me', password: 'hidden' }],
      diagnostics: { logAnalytics: { workspaceId: 'w', workspaceKey: 'hidden' } },
    });
    const read = await stage.client.containerGroups.get(RESOURCE_GROUP, 'one');
    expect(JSON.stringify(read)).not.toContain('hidden');
    expect(read.containers[0]?.environmentVariables).toEqual([
      { name: 'PLAIN', value: 'shown' },
      { name: 'SECRET' },
    ]);
    expect(read.imageRegistryCredentials).toEqual([{ server: 'registry.example', username: 'me' }]);
  });
});

describe('delete', () => {
  it('answers with the group as it was; the group is seen for a while, then gone', async () => {
    const stage = setStage();
    await create(stage);
    stage.advance(UNTIL_RUNNING);
    const poller = await stage.client.containerGroups.beginDelete(RESOURCE_GROUP, 'one');
    expect(poller.getResult()).toMatchObject({ name: 'one' });
    expect((await states(stage))[1]).toBe('Running');
    stage.advance(700);
    await expect(stage.client.containerGroups.get(RESOURCE_GROUP, 'one')).rejects.toMatchObject({
      statusCode: 404,
      code: 'ResourceNotFound',
      message: expect.stringContaining(
        `containerGroups/one' under resource group '${RESOURCE_GROUP}'`,
      ) as unknown,
    });
    expect(stage.emulator.groupCount()).toBe(0);
  });

  it('ends the program and is recorded with its times', async () => {
    const stage = setStage({ scripts: [{ prints: [] }] });
    await create(stage);
    stage.advance(UNTIL_RUNNING);
    const sentAt = stage.now();
    await stage.client.containerGroups.beginDelete(RESOURCE_GROUP, 'one');
    stage.advance(1_000);
    const { programs, groups, deletes } = stage.emulator.ledger();
    expect(programs).toMatchObject([{ group: 'one', exitCode: 143 }]);
    expect(groups).toMatchObject([{ group: 'one', deleteRequestedAt: sentAt, goneAt: sentAt + 600 }]);
    expect(deletes).toMatchObject([{ group: 'one', status: 200, at: sentAt }]);
  });

  it('of a group that does not exist answers 204', async () => {
    const stage = setStage();
    const statuses: number[] = [];
    await stage.client.containerGroups.beginDelete(RESOURCE_GROUP, 'none', {
      onResponse: ({ status }) => statuses.push(status),
    });
    expect(statuses).toEqual([204]);
  });
});

describe('tags', () => {
  it('are replaced by a PATCH and shown in lists', async () => {
    const stage = setStage();
    await create(stage, 'one', { tags: { a: '1' } });
    await stage.client.containerGroups.update(RESOURCE_GROUP, 'one', { tags: { b: '2' } });
    const page = stage.client.containerGroups.listByResourceGroup(RESOURCE_GROUP);
    expect((await page.next()).value).toMatchObject({ tags: { b: '2' } });
  });
});

it('the client polls the operation to its end and gets the running group', async () => {
  const stage = setStage();
  const statuses: string[] = [];
  const done = await stage.client.containerGroups.beginCreateOrUpdateAndWait(RESOURCE_GROUP, 'one', group(), {
    updateIntervalInMs: 1,
    onResponse: ({ request, bodyAsText }) => {
      if (!request.url.includes('/operations/')) return;
      const { status } = z.object({ status: z.string() }).parse(JSON.parse(bodyAsText ?? '{}'));
      if (statuses.at(-1) !== status) statuses.push(status);
      stage.advance(300);
    },
  });
  expect(statuses).toEqual(['Pending', 'Creating', 'Succeeded']);
  expect(done).toMatchObject({ provisioningState: 'Succeeded', instanceView: { state: 'Running' } });
});
