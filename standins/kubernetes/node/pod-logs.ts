// The logs of a pod's containers on its node, and their rotation.
import { type ContainerLog, createContainerLog } from '../log/container-log';
import type { KubeletPorts, Machine } from './kubelet-ports';

export interface PodLogs {
  /**
   * A new file for a container that starts; the one before becomes the previous. `onGone` is told how many of the first
   * bytes that the program wrote can't be read any more.
   */
  begin(container: string, onGone: (bytes: number) => void): ContainerLog;
  current(container: string): ContainerLog | undefined;
  previous(container: string): ContainerLog | undefined;
  /** Called after each piece of output: rotation is due at one of the kubelet's next looks. */
  grown(log: ContainerLog): void;
  /** The files are gone. */
  remove(): void;
}

export function createPodLogs({ life, clock }: KubeletPorts, machine: Machine): PodLogs {
  const files = new Map<string, { current: ContainerLog; previous?: ContainerLog }>();
  const due = new Set<ContainerLog>();
  return {
    begin: (container, onGone) => {
      const { current: before, previous } = files.get(container) ?? {};
      previous?.remove();
      const current = createContainerLog(onGone);
      files.set(container, { current, ...(before && { previous: before }) });
      return current;
    },
    current: (container) => files.get(container)?.current,
    previous: (container) => files.get(container)?.previous,
    grown: (log) => {
      const { bytes, everyMs } = life.logRotation;
      if (log.fileBytes() <= bytes || due.has(log)) return;
      due.add(log);
      // The kubelet looks at fixed times; what comes until then is in the old file too.
      machine.after(everyMs - (clock.now() % everyMs), () => {
        due.delete(log);
        if (!log.ended) log.rotate();
      });
    },
    remove: () => {
      for (const { current, previous } of files.values())
        for (const log of [previous, current]) log?.remove();
      files.clear();
    },
  };
}
