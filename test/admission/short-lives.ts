// Jobs whose lives are reduced to start and end, at the emulator's limits: created, looked at, deleted, gone. The rows
// say so.
import { paceReport } from '../../backends/arm/pace-report';
import type { AttemptRow } from '../../domain/attempt/attempt';
import { pollIntervalMs } from '../../domain/attempt/poll-interval';
import { workloadName } from '../../domain/job/names';
import type { OrchestrationStarter, StoryInput } from '../../domain/ports/orchestration-starter';
import { heldPlaces } from '../../jobs/placement/held-places';
import { goneKick } from '../../jobs/placement/kick';
import type { StoryPorts } from '../../jobs/ports';
import type { AciEmulator } from '../../standins/aci/emulator';
import type { WireResponse } from '../../standins/wire/handler';
import type { VirtualWorld } from '../support/world/virtual-world';

export interface ShortLives {
  readonly starter: OrchestrationStarter;
  /** Answers by what was asked and status, such as `PUT 201`. */
  readonly answers: ReadonlyMap<string, number>;
  /** Instants at which each thing happened, ascending, epoch milliseconds. */
  readonly created: readonly number[];
  readonly gone: readonly number[];
}

const PLACEMENT = 'eastus';
/** From the start of an orchestration to its create, milliseconds. */
const START_MS = [50, 900] as const;
const GROUPS =
  'https://management.azure.com/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/jobs/providers/Microsoft.ContainerInstance/containerGroups';
const API = '?api-version=2023-05-01';
const GROUP = JSON.stringify({
  location: 'eastus',
  properties: {
    osType: 'Linux',
    restartPolicy: 'Never',
    containers: [
      {
        name: 'program',
        properties: { image: 'example/program:1', resources: { requests: { cpu: 1, memoryInGB: 1.5 } } },
      },
    ],
  },
});

/** `lifeMs` says how long a workload lives from its create to the request of its removal. */
export function createShortLives(
  world: VirtualWorld,
  emulator: AciEmulator,
  ports: () => StoryPorts,
  lifeMs: (jobId: string) => number,
): ShortLives {
  const answers = new Map<string, number>();
  const created: number[] = [];
  const gone: number[] = [];

  async function ask(method: string, name: string, path = ''): Promise<WireResponse> {
    const url = new URL(`${GROUPS}/${name}${path}${API}`);
    const body = Buffer.from(method === 'PUT' ? GROUP : '');
    const answer = await emulator.handle({ method, url, headers: {}, body });
    const asked = `${method} ${answer.status}`;
    answers.set(asked, (answers.get(asked) ?? 0) + 1);
    const kind = method === 'PUT' ? 'create' : method === 'DELETE' ? 'delete' : 'read';
    ports().pace.onPace(
      PLACEMENT,
      paceReport(kind, answer.status, { get: (header) => answer.headers?.[header] }),
    );
    return answer;
  }

  async function change(story: StoryInput, facts: Partial<AttemptRow>, isOver = false): Promise<void> {
    const records = await ports().jobs.read(story.jobId);
    const attempt = records?.attempts.find(({ row }) => row.number === story.attempt);
    if (records === undefined || attempt === undefined) throw new Error(`${story.jobId} has no attempt.`);
    await ports().jobs.commit(story.jobId, [
      { kind: 'replace-attempt', row: { ...attempt.row, ...facts }, etag: attempt.etag },
      ...(isOver
        ? [
            {
              kind: 'replace-job' as const,
              row: { ...records.job.row, state: 'over' as const },
              etag: records.job.etag,
            },
          ]
        : []),
    ]);
  }

  /** Polls as the story does: a look and the log, at the product's pace. */
  async function look(name: string, inStateMs: number): Promise<number> {
    await ask('GET', name);
    await ask('GET', name, '/containers/program/logs');
    return pollIntervalMs({
      inStateMs,
      floorMs: ports().pollFloorMs,
      budget: {
        heldPlaces: await heldPlaces(ports(), PLACEMENT),
        requests: ports().factsOf(PLACEMENT).traits.requests,
      },
      leastMs: ports().pace.leastPollMs(PLACEMENT),
    });
  }

  async function live(story: StoryInput): Promise<void> {
    const name = workloadName(story.jobId, story.attempt);
    await world.sleep(world.random.int(...START_MS));
    const bornAt = world.now();
    await ask('GET', name);
    await ask('PUT', name);
    created.push(world.now());
    const endsAt = bornAt + lifeMs(story.jobId);
    await change(story, { intent: { kind: 'set', nonce: name, at: bornAt }, answer: 'accepted', seen: true });
    while (world.now() < endsAt) {
      const waitMs = await look(name, world.now() - bornAt);
      await world.sleep(Math.min(waitMs, Math.max(1, endsAt - world.now())));
    }
    await ask('DELETE', name);
    await change(story, { cleanup: 'requested', deleteSentAt: world.now() }, true);
    const removedFrom = world.now();
    while ((await ask('GET', name)).status !== 404) {
      await world.sleep(
        pollIntervalMs({
          inStateMs: world.now() - removedFrom,
          floorMs: ports().pollFloorMs,
        }),
      );
    }
    await change(story, { cleanup: 'gone' });
    gone.push(world.now());
    await ports().kicks.send(goneKick(PLACEMENT, name));
  }

  const begun = new Set<string>();
  return {
    starter: {
      start: (story) => {
        const id = workloadName(story.jobId, story.attempt);
        if (!begun.has(id)) void live(story);
        begun.add(id);
        return Promise.resolve();
      },
      status: () => Promise.resolve('running'),
      wake: () => Promise.resolve(),
    },
    answers,
    created,
    gone,
  };
}
