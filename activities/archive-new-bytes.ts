// Carries what the platform serves of a program's log over into the archive.
import { archiveLogs } from '../jobs/archive-logs';
import type { Ports } from '../jobs/ports';
import type { Scene } from './turn';

export type ArchivePorts = Pick<Ports, 'logArchive' | 'backendOf'>;

/** The one container of a job's workload; also the name of its log's blobs. */
export const CONTAINER = 'program';

/** `final`: nobody will look at this log again, its index is closed. */
export async function archiveNewBytes(
  ports: ArchivePorts,
  scene: Scene,
  final: boolean,
): ReturnType<typeof archiveLogs> {
  const { ref } = scene;
  const backend = ports.backendOf(ref.placement);
  return archiveLogs({
    archive: ports.logArchive,
    ref: { jobId: ref.jobId, attempt: ref.attempt, container: CONTAINER },
    fetchWindow: () => backend.logs(ref),
    final,
  });
}
