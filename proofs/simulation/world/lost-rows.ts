// A table that lost rows: workloads run with our tags, and no row knows them. A few are leaks; many are a mistake in
// the storage.
import { tagsOf } from '../../../backends/arm/resource-tags';
import { jobIdFor, workloadName } from '../../../domain/job/names';
import { RESOURCE_GROUP } from '../cloud/cloud';
import type { Platforms } from '../cloud/platforms';
import type { Deployment } from './deployment';
import type { World } from './world';

/**
 * Up to ten are deleted when they are old enough. At well over ten, though some rows can't be read, a person must look
 * first.
 */
const LOST = [2, 9, 16, 16] as const;
/** Longer than any run. */
const EXPIRES_AFTER_MS = 24 * 3_600_000;

export function loseRows(
  world: World,
  { cloud, deployments }: { readonly cloud: Platforms; readonly deployments: readonly Deployment[] },
  calmAfterMs: number,
): void {
  const { random } = world;
  for (const deployment of deployments) {
    if (!random.chance(0.05)) continue;
    const lost = random.pick(LOST);
    world.later(random.int(0, Math.floor(calmAfterMs / 4)), () => {
      const names = Array.from({ length: lost }, (_, index) =>
        runWithoutRow(world, cloud, deployment, index),
      );
      world.tell(deployment.name, `has lost the rows of ${names.length} jobs`);
      // The person whom the alarm reached looks after them.
      world.later(world.startedAt + calmAfterMs - world.now(), () => {
        for (const name of names) cloud.removeByHand(name);
      });
    });
  }
}

/** Starts a program that runs until it is stopped. Returns the workload's name. */
function runWithoutRow(world: World, cloud: Platforms, deployment: Deployment, index: number): string {
  const owner = deployment.ownerId() ?? '';
  const jobId = jobIdFor(owner, `lost-${index}`);
  const name = workloadName(jobId, 1);
  const ref = { name, placement: RESOURCE_GROUP, owner, jobId, attempt: 1 };
  const tags = tagsOf(ref, world.now(), world.now() + EXPIRES_AFTER_MS);
  cloud.makeByHand(name, tags, { exitCode: 0, lines: 3, padding: 0 });
  return name;
}
