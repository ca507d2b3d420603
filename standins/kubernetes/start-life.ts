// Brings the cluster to life: everything that acts by itself, beside the API.
import type { KubernetesContext } from './context';
import { startJobController } from './controllers/job/job-controller';
import { type NodeLifecycle, startNodeLifecycle } from './controllers/node-lifecycle';
import { startTtlController } from './controllers/ttl-controller';
import { startAutoscaler } from './scheduler/autoscaler';
import { startScheduler } from './scheduler/scheduler';

export interface Life {
  readonly nodes: NodeLifecycle;
  stop(): void;
}

export function startLife(context: KubernetesContext): Life {
  const nodes = startNodeLifecycle(context);
  const stops = [
    startJobController(context),
    startTtlController(context),
    startScheduler(context),
    startAutoscaler(context),
    () => nodes.close(),
    () => context.kubelets.close(),
  ];
  return {
    nodes,
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}
