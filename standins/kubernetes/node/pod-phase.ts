// The phase of a pod, from what its containers do.
import { initializing, type PodLife } from './pod-life';

export type Phase = 'Pending' | 'Running' | 'Succeeded' | 'Failed';

/** What the containers amount to; a final phase is told only when the pod is over. */
export function phaseOf(life: PodLife, restartPolicy: string): Phase {
  if (life.failure) return 'Failed';
  const failedInit = life.containers.some(
    ({ init, state }) =>
      init && state.kind === 'terminated' && state.exitCode !== 0 && (restartPolicy === 'Never' || life.over),
  );
  if (failedInit) return 'Failed';
  if (initializing(life)) return 'Pending';
  const main = life.containers.filter(({ init }) => !init);
  if (main.some(({ state, last }) => state.kind === 'waiting' && last === undefined)) return 'Pending';
  if (main.some(({ state }) => state.kind !== 'terminated')) return 'Running';
  const failed = main.some(({ state }) => state.kind === 'terminated' && state.exitCode !== 0);
  const restarts = restartPolicy === 'Always' || (failed && restartPolicy === 'OnFailure');
  if (restarts && !life.over) return 'Running';
  return failed ? 'Failed' : 'Succeeded';
}
