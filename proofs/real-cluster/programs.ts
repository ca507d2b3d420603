// What the pods of a real cluster run: a small shell program where the nodes are real, a played one where they are not.
import { z } from 'zod';

import type { ClusterApi } from '../../backends/kubernetes/cluster/cluster-api';
import { CONTAINER_NAME } from '../../domain/ports/compute-backend';
import { SPEC } from '../../test/contract/backend-stage';

export interface Programs {
  /** What a container runs that names no command; empty where nothing runs. */
  readonly entrypoint: readonly string[];
  /** Annotations of each pod. */
  readonly annotations: Readonly<Record<string, string>>;
  /** The way to the cluster by which Jobs get an image that its nodes have. */
  readonly through: (api: ClusterApi) => ClusterApi;
}

/** `image` undefined: the nodes play programs as these annotations say. `runsMs`: how long each program runs. */
export function programsOf(image: string | undefined, runsMs: number): Programs {
  const seconds = String(runsMs / 1000);
  if (image === undefined)
    return {
      entrypoint: [],
      annotations: { 'test/run-seconds': seconds, 'test/exit-code': '0' },
      through: (api) => api,
    };
  // The shell is the first process of its container, which ignores SIGTERM unless it says otherwise.
  const script = `trap 'exit 143' TERM; echo hello; sleep ${seconds} & wait $!`;
  const entrypoint = ['sh', '-c', script];
  return { entrypoint, annotations: {}, through: (api) => withImage(api, image, entrypoint) };
}

const jobSchema = z.looseObject({
  spec: z.looseObject({
    template: z.looseObject({
      spec: z.looseObject({
        containers: z.array(
          z.looseObject({ name: z.string(), image: z.string(), command: z.array(z.string()).optional() }),
        ),
      }),
    }),
  }),
});

/** The suite's image is on no registry: Jobs name this one instead. The entrypoint becomes the container's command. */
function withImage(api: ClusterApi, image: string, entrypoint: readonly string[]): ClusterApi {
  return {
    send: (request) => {
      const job = jobSchema.safeParse(request.body);
      if (request.method !== 'POST' || !job.success) return api.send(request);
      const { spec } = job.data;
      const { template } = spec;
      const containers = template.spec.containers.map((container) =>
        container.name === CONTAINER_NAME && container.image === SPEC.image
          ? { ...container, image, command: container.command ?? entrypoint }
          : container,
      );
      const pod = { ...template.spec, containers };
      return api.send({
        ...request,
        body: { ...job.data, spec: { ...spec, template: { ...template, spec: pod } } },
      });
    },
  };
}
