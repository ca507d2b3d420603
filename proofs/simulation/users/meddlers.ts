// People who do what they should not: end orchestrations by hand, make groups under our names, share our resource
// group.
import { instanceId, jobIdFor, workloadName } from '../../../domain/job/names';
import type { Platforms } from '../cloud/platforms';
import type { Deployment } from '../world/deployment';
import type { World } from '../world/world';
import { cancelOne } from './people';

export interface Meddled {
  readonly cloud: Platforms;
  readonly deployments: readonly Deployment[];
  readonly canceled: Set<string>;
}

export function meddle(world: World, run: Meddled, withinMs: number): void {
  const { random } = world;
  for (const deployment of run.deployments) {
    if (random.chance(0.3)) {
      const what = random.pick(['terminate', 'suspend', 'purge', 'suspend'] as const);
      world.later(random.int(0, withinMs), () => steerOne(world, deployment, what));
    }
    if (random.chance(0.1)) terminateAnOldOne(world, deployment, withinMs);
    if (random.chance(0.3)) cancelACreate(world, run, deployment, withinMs);
    if (random.chance(0.04))
      deployment.poisoned.add(jobIdFor(deployment.ownerId() ?? '', `key-${random.int(0, 3)}`));
    if (random.chance(0.06)) {
      const name = workloadName(
        jobIdFor(deployment.ownerId() ?? '', `key-${random.int(0, 3)}`),
        random.int(1, 2),
      );
      world.later(random.int(0, withinMs / 2), () => {
        if (run.cloud.record.group(name) === undefined) run.cloud.makeByHand(name, { team: 'somebody else' });
      });
    }
  }
  if (random.chance(0.3)) run.cloud.makeByHand(`handmade-${random.int(1, 9)}`, { team: 'somebody else' });
}

/** A person cancels a job whose create is under way or not shown yet. */
function cancelACreate(world: World, run: Meddled, deployment: Deployment, withinMs: number): void {
  const endsAt = world.now() + withinMs;
  const look = (): void => {
    const { rows } = deployment.stores;
    const jobId = rows.jobIds().find((id) => rows.stateOf(id) === 'look');
    if (jobId === undefined || !world.random.chance(0.3)) {
      if (world.now() < endsAt) world.later(4_000, look);
      return;
    }
    world.tell('somebody', `cancels ${jobId} while it is created`);
    cancelOne(world, run, deployment, jobId);
  };
  look();
}

/** Sometimes a suspended one is terminated later, perhaps after another has replaced it. */
function steerOne(world: World, deployment: Deployment, what: 'terminate' | 'suspend' | 'purge'): void {
  const { rows } = deployment.stores;
  const active = rows.jobIds().filter((jobId) => rows.job(jobId)?.state === 'active');
  if (active.length === 0) return;
  const jobId = world.random.pick(active);
  const attempt = rows.job(jobId)?.attempt ?? 1;
  const epoch = rows.attempt(jobId, attempt)?.epoch ?? 1;
  const id = instanceId({ jobId, attempt, epoch });
  deployment.steer(id, what);
  if (what === 'suspend' && world.random.chance(0.7))
    world.later(world.random.int(60_000, 900_000), () => deployment.steer(id, 'terminate'));
}

/**
 * A story is suspended before it has created anything, replaced by another, and only then terminated. That cancels
 * nothing.
 */
function terminateAnOldOne(world: World, deployment: Deployment, withinMs: number): void {
  const { rows } = deployment.stores;
  const endsAt = world.now() + withinMs;
  const terminateOnceReplaced = (jobId: string, attempt: number, epoch: number): void => {
    if (rows.attempt(jobId, attempt)?.epoch === epoch) {
      if (world.now() < endsAt + withinMs)
        world.later(2_000, () => terminateOnceReplaced(jobId, attempt, epoch));
    } else deployment.steer(instanceId({ jobId, attempt, epoch }), 'terminate');
  };
  const look = (): void => {
    const jobId = rows
      .jobIds()
      .find((id) => rows.job(id)?.state === 'active' && ['create', 'look'].includes(rows.stateOf(id)));
    const attempt = jobId === undefined ? undefined : rows.job(jobId)?.attempt;
    if (jobId === undefined || attempt === undefined) {
      if (world.now() < endsAt) world.later(1_000, look);
      return;
    }
    const epoch = rows.attempt(jobId, attempt)?.epoch ?? 1;
    deployment.steer(instanceId({ jobId, attempt, epoch }), 'suspend');
    terminateOnceReplaced(jobId, attempt, epoch);
  };
  look();
}
