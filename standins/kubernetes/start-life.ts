// Brings the cluster to life: everything that acts by itself, beside the API.
import type { KubernetesContext } from './context';
import { startJobController } from './controllers/job/job-controller';
import { type NodeLifecycle, startNodeLifecycle } from './controllers/node-lifecycle';
import { startTtlController } from './controllers/ttl-controller';
import { type Autoscaler, startAutoscaler } from './scheduler/autoscaler';
import { startScheduler } from './scheduler/scheduler';
import { startClaimController } from './volumes/claim-controller';

export interface Life {
  readonly nodes: NodeLifecycle;
  readonly autoscaler: Autoscaler;
  stop(): void;
}

export function startLife(context: KubernetesContext): Life {
  const nodes = startNodeLifecycle(context);
  const autoscaler = startAutoscaler(context);
  const stops = [
    startJobController(context),
    startTtlController(context),
    startClaimController(context),
    startScheduler(context),
    () => autoscaler.stop(),
    () => nodes.close(),
    () => context.kubelets.close(),
  ];
  return {
    nodes,
    autoscaler,
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}
