// What everything that lives in the cluster works with, beside the store and the API.
import type { KubernetesContext } from './context';
import type { EventRecorder } from './events/event-recorder';
import type { LedgerBook } from './ledger';
import type { LifeSettings } from './life-settings';
import type { Kubelets } from './node/kubelets';

export interface LifeContext extends KubernetesContext {
  readonly life: LifeSettings;
  readonly events: EventRecorder;
  readonly ledger: LedgerBook;
  readonly kubelets: Kubelets;
}
