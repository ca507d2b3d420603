// The engine as its client sees it, where the recordings do not reach: limits, stopping, refusals, restarts, rewinding.
import { EVENT_TYPE } from '../../../standins/durable/history/event-type';
import { createMemoryJournal } from '../../../standins/kernel/memory-journal';
import { type Story, storyInvoker } from './story';
import { startWorld } from './world';

const one: Story = function* (input) {
  return yield { activity: 'work', input };
};
const fan: Story = function* () {
  yield { timerMs: 0 };
  return yield { race: { event: 'x', timerMs: 3_600_000 } };
};

describe('activities', () => {
  it('run no more at once than allowed, and all in the end', async () => {
    let now = 0;
    let most = 0;
    const release: (() => void)[] = [];
    const invoker = storyInvoker(
      { one },
      {
        work: async () => {
          most = Math.max(most, ++now);
          await new Promise<void>((resolve) => release.push(resolve));
          now--;
        },
      },
    );
    const world = await startWorld({ invoker, maxConcurrentActivities: 2 });
    for (const id of ['a', 'b', 'c', 'd', 'e']) await world.ask('POST', `orchestrators/one/${id}`, 1);
    for (let round = 0; round < 5; round++) {
      await world.pass(10);
      release.shift()?.();
    }
    await world.pass(10);
    expect(most).toBe(2);
    expect(['a', 'b', 'c', 'd', 'e'].map((id) => world.end(id).status)).toEqual(Array(5).fill('Completed'));
    await world.engine.stop();
  });
});

describe('stopping', () => {
  it('waits for what is under way and leaves nothing behind', async () => {
    let release = (): void => undefined;
    const journal = createMemoryJournal();
    const invoker = storyInvoker(
      { one, fan },
      { work: () => new Promise<number>((resolve) => (release = () => resolve(5))) },
    );
    const world = await startWorld({ invoker, journal });
    await world.ask('POST', 'orchestrators/one/a', 1);
    await world.ask('POST', 'orchestrators/fan/b', 1);
    await world.pass(1_000);
    let stopped = false;
    const stopping = world.engine.stop().then(() => (stopped = true));
    await world.pass(0);
    expect(stopped).toBe(false);
    release();
    await stopping;
    expect(world.time.nextAt()).toBeUndefined();

    const next = await startWorld({ invoker, journal, idPrefix: 'b' });
    await next.pass(1_000);
    expect(next.end('a')).toEqual({ status: 'Completed', output: 5 });
    expect(next.end('b').status).toBe('Running');
    await next.engine.stop();
  });

  it('ends an orchestrator that continues as new without rest', async () => {
    let rounds = 0;

    const loop: Story = function* () {
      rounds++;
      return { continueAsNew: rounds };
    };
    const world = await startWorld({ invoker: storyInvoker({ loop }, {}) });
    await world.ask('POST', 'orchestrators/loop/a', 0);
    while (rounds < 300) {
      world.time.runNext(world.time.clock.now());
      await new Promise((resolve) => setImmediate(resolve));
    }
    await world.engine.stop();
    expect(world.end('a').status).toBe('Pending');
  });
});

describe('an app that has changed', () => {
  it('fails instances whose orchestrator is gone', async () => {
    const journal = createMemoryJournal();
    const before = await startWorld({ invoker: storyInvoker({ fan }, {}), journal });
    await before.ask('POST', 'orchestrators/fan/a', 1);
    await before.engine.stop();
    const world = await startWorld({ invoker: storyInvoker({ one }, {}), journal, idPrefix: 'b' });
    await world.pass(10);
    const output = expect.stringContaining(
      "Orchestrator function 'fan' failed: The function 'fan' doesn't exist",
    ) as unknown;
    expect(world.end('a')).toEqual({ status: 'Failed', output });
    await world.engine.stop();
  });

  it('fails activities that are gone', async () => {
    const journal = createMemoryJournal();
    const never = storyInvoker({ one }, { work: () => new Promise(() => undefined) });
    const before = await startWorld({ invoker: never, journal });
    await before.ask('POST', 'orchestrators/one/a', 1);
    await before.pass(10);
    const left = createMemoryJournal({ from: journal.snapshot() });
    const world = await startWorld({ invoker: storyInvoker({ one }, {}), journal: left, idPrefix: 'b' });
    await world.pass(10);
    expect(world.end('a').status).toBe('Failed');
    const failed = world.history('a').find(({ EventType }) => EventType === EVENT_TYPE.TaskFailed);
    expect(failed).toHaveProperty('Reason', expect.stringContaining("The function 'work' doesn't exist"));
    await world.engine.stop();
  });

  it('says so when an orchestrator asks for an activity that does not exist', async () => {
    const world = await startWorld({ invoker: storyInvoker({ one }, {}) });
    await world.ask('POST', 'orchestrators/one/a', 1);
    await world.pass(10);
    expect(world.end('a').status).toBe('Running');
    expect(world.logged).toEqual([expect.stringContaining('The instance waits for ever.')]);
    await world.engine.stop();
  });
});

describe('generations', () => {
  it('leave no history of the ones before, nor their timers', async () => {
    const rounds: Story = function* (input) {
      const round = input as number;
      const came = yield { race: { event: 'x', timerMs: 3_600_000 } };
      yield { activity: 'work' };
      return round < 3 ? { continueAsNew: round + 1 } : came;
    };
    const journal = createMemoryJournal();
    const world = await startWorld({ invoker: storyInvoker({ rounds }, { work: () => 1 }), journal });
    await world.ask('POST', 'orchestrators/rounds/a', 1);
    for (let round = 1; round <= 3; round++) {
      await world.pass(100);
      await world.ask('POST', 'instances/a/raiseEvent/x', round);
      await world.pass(100);
      const runs = new Set([...journal.entries('history/')].map(([key]) => key.split('/')[2]));
      expect(runs.size).toBe(1);
      expect([...journal.entries('timer/')].length).toBeLessThanOrEqual(1);
    }
    expect(world.end('a')).toEqual({ status: 'Completed', output: 3 });
    expect(world.time.nextAt()).toBeUndefined();
    await world.engine.stop();
  });
});

describe('rewinding', () => {
  it('runs what failed again, down to the failed sub-orchestration', async () => {
    let broken = true;
    const parent: Story = function* () {
      const first = yield { activity: 'sound' };
      return [first, yield { sub: 'one', id: 'child' }];
    };
    const calls: string[] = [];
    const works = {
      sound: () => calls.push('sound'),
      work: () => {
        calls.push('work');
        if (broken) throw new Error('not yet');
        return 'mended';
      },
    };
    const world = await startWorld({ invoker: storyInvoker({ parent, one }, works) });
    await world.ask('POST', 'orchestrators/parent/a', 1);
    await world.pass(100);
    expect(world.end('a').status).toBe('Failed');
    broken = false;
    expect(await world.ask('POST', 'instances/a/rewind?reason=again')).toMatchObject({ status: 202 });
    await world.pass(100);
    expect(world.end('a')).toEqual({ status: 'Completed', output: [1, 'mended'] });
    expect(calls).toEqual(['sound', 'work', 'work']);
    expect(
      world.history('child').filter(({ EventType }) => EventType === EVENT_TYPE.GenericEvent),
    ).not.toEqual([]);
    await world.engine.stop();
  });
});

describe('the management API', () => {
  it('answers under both base paths, and refuses entities by name', async () => {
    const world = await startWorld({ invoker: storyInvoker({ one }, { work: () => 1 }) });
    await world.ask('POST', 'orchestrators/one/a', 1);
    await world.pass(10);
    const get = async (path: string): Promise<number> => {
      const url = new URL(path, 'http://127.0.0.1:7071');
      return (await world.engine.managementApi({ method: 'GET', url, headers: {}, body: Buffer.alloc(0) }))
        .status;
    };
    expect(await get('/durabletask/instances/a')).toBe(200);
    expect(await get('/runtime/webhooks/durabletask/instances/a?code=x')).toBe(200);
    expect(await get('/api/instances/a')).toBe(404);
    expect(await world.ask('GET', 'entities/counter/a')).toEqual({
      status: 501,
      body: { Message: 'The local host does not offer durable entities.' },
    });
    await world.engine.stop();
  });

  it('lets one of several starts of an id through while it runs', async () => {
    const world = await startWorld({ invoker: storyInvoker({ one }, { work: () => 1 }) });
    const starts = Array.from({ length: 5 }, () => world.ask('POST', 'orchestrators/one/a', 1));
    expect((await Promise.all(starts)).map(({ status }) => status).sort()).toEqual([202, 500, 500, 500, 500]);
    await world.pass(10);
    expect(await world.ask('POST', 'orchestrators/one/a', 2)).toMatchObject({ status: 202 });
    await world.pass(10);
    expect(world.history('a')[1]).toMatchObject({ Input: '2', Generation: 1 });
    await world.engine.stop();
  });

  it('takes the timers of a purged instance away with it', async () => {
    const world = await startWorld({ invoker: storyInvoker({ fan }, {}) });
    await world.ask('POST', 'orchestrators/fan/a', 1);
    await world.pass(10);
    expect(world.time.nextAt()).toBeDefined();
    await world.ask('DELETE', 'instances/a');
    expect(world.time.nextAt()).toBeUndefined();
    expect(await world.ask('GET', 'instances/a')).toMatchObject({ status: 404 });
    await world.engine.stop();
  });

  it('keeps ids of any kind apart', async () => {
    const world = await startWorld({ invoker: storyInvoker({ one }, { work: (input) => input }) });
    const ids = ['a', 'a b', 'A', 'ä'.repeat(256), `${'ä'.repeat(255)}ö`, 'a%2F'];
    for (const id of ids) await world.ask('POST', `orchestrators/one/${encodeURIComponent(id)}`, id);
    await world.pass(10);
    expect(ids.map((id) => world.end(id).output)).toEqual(ids);
    await world.engine.stop();
  });
});

describe('a journal of another version', () => {
  it('is refused with what to do', async () => {
    const journal = createMemoryJournal();
    await journal.commit([{ put: 'format', value: 99 }]);
    await expect(startWorld({ invoker: storyInvoker({}, {}), journal })).rejects.toThrow(
      /format 99.*remove the folder/,
    );
  });
});
