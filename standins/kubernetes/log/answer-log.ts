// Answers a request for a pod's log: by the API server's checks, then as the pod's kubelet would.
import type { WireResponse } from '../../wire/handler';
import { ApiFault, badRequest } from '../answers/api-fault';
import { type Action, found } from '../api/actions';
import { type ContainerStatus, type Pod, podSchema } from '../model/pod';
import { KUBELET_PORT } from '../node/node-pool';
import { type LogRequest, readLogRequest } from './log-request';
import { followLog, readLog } from './read-log';

export const getLog: Action = (context, request) => {
  const asked = readLogRequest(request.query, request.path.name ?? '', context.clock.now());
  const pod = podSchema.parse(found(context, request));
  const container = containerOf(pod, asked);
  const { nodeName } = pod.spec;
  if (nodeName === undefined) return { status: 204 };
  const machine = context.kubelets.machine(nodeName);
  if (machine?.state !== 'up') throw unreachable(pod, container);
  const which = whichLog(pod, container, asked.previous);
  const logs = context.kubelets.worker(pod.metadata.uid)?.logs;
  const log = which.previous ? logs?.previous(container) : logs?.current(container);
  if (!log) return text(`unable to retrieve container logs for ${which.containerID}`);
  if (!asked.follow) return text(readLog(log, asked));
  return {
    status: 200,
    headers: PLAIN,
    stream: context.streams.stream((sink) => followLog(log, asked, sink)),
  };
};

const PLAIN = { 'content-type': 'text/plain' };

function text(body: string | Buffer): WireResponse {
  return { status: 200, headers: PLAIN, body };
}

function containerOf({ metadata, spec }: Pod, { container }: LogRequest): string {
  const names = [...(spec.initContainers ?? []), ...spec.containers].map(({ name }) => name);
  if (container === undefined) {
    const [only, ...others] = names;
    if (only !== undefined && others.length === 0) return only;
    throw badRequest(
      `a container name must be specified for pod ${metadata.name}, choose one of: [${names.join(' ')}]`,
    );
  }
  if (!names.includes(container))
    throw badRequest(`container ${container} is not valid for pod ${metadata.name}`);
  return container;
}

/** A Status without a reason: the server hands on what its own request met. */
function unreachable({ metadata }: Pod, container: string): ApiFault {
  const address = `127.0.0.1:${KUBELET_PORT}`;
  const url = `https://${address}/containerLogs/${metadata.namespace ?? ''}/${metadata.name}/${container}`;
  return new ApiFault(500, undefined, `Get "${url}": dial tcp ${address}: connect: connection refused`);
}

interface Which {
  readonly previous: boolean;
  readonly containerID: string;
}

/** Which of a container's logs there is to read, by its status. Throws the 400 of a container that has none yet. */
function whichLog(pod: Pod, container: string, wantsPrevious: boolean): Which {
  const { name } = pod.metadata;
  const status = statusOf(pod, container);
  if (!status) throw badRequest(`container "${container}" in pod "${name}" is not available`);
  const { state, lastState, containerID = '' } = status;
  const last = lastState?.terminated;
  if (wantsPrevious) {
    if (!last) throw badRequest(`previous terminated container "${container}" in pod "${name}" not found`);
    const restarted = state?.waiting === undefined;
    return { previous: restarted, containerID: last.containerID ?? '' };
  }
  if (state?.running || state?.terminated || last) return { previous: false, containerID };
  const reason = state?.waiting?.reason ?? '';
  throw badRequest(
    `container "${container}" in pod "${name}" is waiting to start: ${WAITING[reason] ?? reason}`,
  );
}

/** What the kubelet says in place of these reasons. */
const WAITING: Readonly<Record<string, string>> = {
  ErrImagePull: "image can't be pulled",
  ImagePullBackOff: 'trying and failing to pull image',
};

function statusOf({ status }: Pod, container: string): ContainerStatus | undefined {
  return [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])].find(
    ({ name }) => name === container,
  );
}
