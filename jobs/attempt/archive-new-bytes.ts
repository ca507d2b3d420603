// Carries what the platform serves of a program's log over into the archive.
import { CONTAINER_NAME } from '../../domain/ports/compute-backend';
import type { LogRef } from '../../domain/ports/log-archive';
import { archiveLogs } from '../logs/archive-logs';
import type { StoryPorts } from '../ports';
import type { Scene } from './scene';

/** For so long a step goes on with portions of a log, milliseconds; the next step takes the rest at once. */
const PORTIONS_MS = 10_000;

/** `final`: nobody will look at this log again, its index is closed. */
export async function archiveNewBytes(
  ports: StoryPorts,
  scene: Scene,
  final: boolean,
): ReturnType<typeof archiveLogs> {
  const { ref } = scene;
  const backend = ports.backendOf(ref.placement);
  const until = ports.clock.now() + PORTIONS_MS;
  return archiveLogs({
    archive: ports.logArchive,
    ref: logRefOf(scene),
    read: (from, archived) => backend.logs(ref, from, archived),
    mayGoOn: () => ports.clock.now() < until,
    final,
  });
}

/** Where the log of this scene's attempt is archived. */
export function logRefOf({ ref }: Scene): LogRef {
  return { jobId: ref.jobId, attempt: ref.attempt, container: CONTAINER_NAME };
}
