// Stops what must not run under a name: a second run of the program, and any run of what is being deleted.
import { messageOf, RunnerError } from '../../../domain/errors';
import { type ExecutionView, isAlive, type Sight } from '../reading/sight';
import type { Apps } from './apps-of';
import { stop } from './stop';

export function stopStrays(apps: Apps, job: string, sight: Sight): Promise<void> {
  return stopIfTaken(apps, job, straysIn(sight).filter(isAlive));
}

/** What was seen counts more than what could not be mended: the next look tries again. */
export async function stopIfTaken(
  apps: Apps,
  job: string,
  executions: readonly ExecutionView[],
): Promise<void> {
  for (const { name } of executions) {
    try {
      await stop(apps, job, name);
    } catch (error) {
      if (!(error instanceof RunnerError)) throw new Error(messageOf(error), { cause: error });
    }
  }
}

/**
 * The first execution is the job's own; whatever was started beside it is a second run. Under a definition that is
 * being deleted none is wanted: a start of unknown fate may take effect as late as that
 * (docs/facts/container-apps.md#late-start), and once the definition is gone nothing shows its execution any more.
 */
function straysIn({ definition, executions }: Sight): readonly ExecutionView[] {
  return definition?.provisioningState === 'Deleting' ? executions : executions.slice(1);
}
