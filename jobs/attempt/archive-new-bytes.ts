// Carries what the platform serves of a program's log over into the archive.
import { CONTAINER_NAME } from '../../domain/ports/compute-backend';
import type { LogRef } from '../../domain/ports/log-archive';
import { archiveLogs } from '../logs/archive-logs';
import type { StoryPorts } from '../ports';
import type { Scene } from './scene';

/** `final`: nobody will look at this log again, its index is closed. */
export async function archiveNewBytes(
  ports: StoryPorts,
  scene: Scene,
  final: boolean,
): ReturnType<typeof archiveLogs> {
  const { ref } = scene;
  const backend = ports.backendOf(ref.placement);
  return archiveLogs({
    archive: ports.logArchive,
    ref: logRefOf(scene),
    read: (from) => backend.logs(ref, from),
    final,
  });
}

/** Where the log of this scene's attempt is archived. */
export function logRefOf({ ref }: Scene): LogRef {
  return { jobId: ref.jobId, attempt: ref.attempt, container: CONTAINER_NAME };
}
