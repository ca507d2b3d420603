// A Kubernetes cluster in one process: its API server as a pure handler, over one store, and the controllers beside it.
import type { Handler } from '../wire/handler';
import { CONTROLLER_MANAGER } from './access/user';
import { answerApi } from './api/handle';
import { createStreams } from './api/streams';
import type { KubernetesContext, KubernetesPorts } from './context';
import { startGarbageCollector } from './controllers/garbage-collector';
import { addServiceAccount, startNamespaceController } from './controllers/namespace-controller';
import { startQuotaController } from './controllers/quota-controller';
import { createEventRecorder } from './events/event-recorder';
import { createApiGate, gateAnswer } from './faults/api-gate';
import { answerControl } from './faults/control';
import type { Fault } from './faults/fault';
import { type FaultTargets, inject } from './faults/inject';
import { createStorageHang } from './faults/storage-hang';
import { createLedger, type Ledger } from './ledger';
import { startKubelets } from './node/kubelets';
import { NAMESPACES, PODS, RESOURCES } from './resources/resources';
import { startLife } from './start-life';
import { type JsonObject, objectAt, textAt } from './store/json';
import { createObjectStore, type ObjectStore } from './store/object-store';
import { createObject } from './writes/create-object';
import { deleteObject } from './writes/delete-object';

export interface KubernetesStandIn {
  /** Answers the API's requests. */
  readonly handle: Handler;
  /** For tests and for what looks at the cluster from outside; clients go by `handle`. */
  readonly store: ObjectStore;
  /** Lets a fault happen; returns why it can't, if it can't. */
  inject(fault: Fault): string | undefined;
  /** What it ran and kept, for proofs. */
  ledger(): Ledger;
  /** All that the programs of this pod, or of this Job's pods, printed; undefined once dropped for room. */
  printed(of: { readonly pod: string } | { readonly job: string }): Buffer | undefined;
  /** Ends every watch cleanly, stops everything that would happen later, and ends every program. */
  close(): Promise<void>;
}

/** Every cluster has these from the start. */
const OWN_NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

export function createKubernetesStandIn(ports: KubernetesPorts): KubernetesStandIn {
  const { settings, clock } = ports;
  const store = createObjectStore(settings.keptChanges);
  const events = createEventRecorder({ ...ports, store });
  const ledger = createLedger(settings.life.keptOutputBytes);
  store.subscribe((change) => ledger.changed(change, clock.now()));
  const kubelets = startKubelets({
    ...ports,
    life: settings.life,
    store,
    events,
    ledger,
    confirmDeletion: ({ metadata: { namespace, name, uid } }) =>
      void deleteObject(context, {
        resource: PODS,
        namespace,
        name,
        options: { uid, gracePeriodSeconds: 0 },
      }),
  });
  const context: KubernetesContext = { ...ports, store, streams: createStreams(), events, kubelets };
  const life = startLife(context);
  const gate = createApiGate();
  const storage = createStorageHang(ports.timers, (request) => void answerApi(context, request));
  const targets: FaultTargets = { context, gate, storage, life };
  const stops = [
    startNamespaceController(context),
    startQuotaController(context),
    startGarbageCollector(context),
    () => life.stop(),
  ];
  for (const name of OWN_NAMESPACES)
    add(context, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  for (const object of ports.settings.objects) add(context, object);
  return {
    handle: (request) =>
      request.url.pathname.startsWith('/emulator/')
        ? answerControl(targets, ledger, request)
        : (gateAnswer(gate, request, clock.now()) ?? storage.answer(request) ?? answerApi(context, request)),
    inject: (fault) => inject(targets, fault),
    store,
    ledger: () => ledger.read(),
    printed: (of) => ledger.printed(of),
    close: async () => {
      storage.close();
      context.streams.endAll();
      for (const stop of stops) stop();
      await ports.runtime.close();
    },
  };
}

/** Makes an object of the settings. Throws for a kind that is not served, and as a POST would be refused. */
function add(context: KubernetesContext, object: JsonObject): void {
  const kind = textAt(object, 'kind');
  const apiVersion = textAt(object, 'apiVersion');
  const resource = RESOURCES.find((one) => one.kind === kind && one.apiVersion === apiVersion);
  if (!resource) throw new Error(`No resource is served for ${apiVersion ?? '?'} ${kind ?? '?'}.`);
  const namespace = textAt(objectAt(object, 'metadata'), 'namespace');
  const { metadata } = createObject(context, { resource, namespace, body: object, user: CONTROLLER_MANAGER });
  // What the settings add next may be a pod.
  if (resource === NAMESPACES) addServiceAccount(context, metadata.name);
}
