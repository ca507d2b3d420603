// Whether a container is started again, and how long the kubelet waits before.
import type { LifeSettings } from '../life-settings';
import type { ContainerLife, Ended } from './pod-life';

/** Milliseconds until the next start; undefined when there is none. The first restart comes at once. */
export function restartDelay(
  policy: string,
  { init, restartCount }: Pick<ContainerLife, 'init' | 'restartCount'>,
  ended: Ended,
  { firstMs, mostMs }: LifeSettings['backOff'],
): number | undefined {
  const again = init
    ? ended.exitCode !== 0 && policy !== 'Never'
    : policy === 'Always' || (policy === 'OnFailure' && ended.exitCode !== 0);
  if (!again) return undefined;
  return restartCount === 0 ? 0 : Math.min(mostMs, firstMs * 2 ** (restartCount - 1));
}
