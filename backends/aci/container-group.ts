// From a spec to the container group that runs it. Pure.
import type { ContainerGroup, EnvironmentVariable } from '@azure/arm-containerinstance';

import { TerminalError } from '../../domain/errors';
import { offeredGpus } from '../../domain/placement/offered-gpus';
import { CONTAINER_NAME, type CreateRequest } from '../../domain/ports/compute-backend';
import { entrypointOf } from '../../domain/spec/image-entrypoint';
import { type JobSpec, resourcesOf } from '../../domain/spec/job-spec';
import type { AciPlacement } from './placement';
import { tagsOf } from './tags';

/** Throws TerminalError when the placement does not offer the GPU asked for; preflight has seen to that. */
export function containerGroup(request: CreateRequest, placement: AciPlacement): ContainerGroup {
  const { spec, ref } = request;
  const { cpu, memoryGb } = resourcesOf(spec);
  const gpu = request.gpu ?? gpuOf(spec, placement);
  const command = commandOf(spec, placement);
  return {
    location: placement.region,
    tags: tagsOf(ref, request.createdAt, request.expiresAt),
    osType: 'Linux',
    restartPolicy: 'Never', // A job runs once; OnFailure would restart the program behind our back.
    ...registryOf(request),
    containers: [
      {
        name: CONTAINER_NAME,
        image: spec.image,
        ...(command.length === 0 ? {} : { command: [...command] }),
        environmentVariables: environmentOf(request),
        resources: { requests: { cpu, memoryInGB: memoryGb, ...(gpu === undefined ? {} : { gpu }) } },
      },
    ],
  };
}

/**
 * The group's command, which replaces the image's entrypoint; empty for an image that is to start what it starts by
 * itself.
 */
function commandOf({ image, command, args = [] }: JobSpec, placement: AciPlacement): readonly string[] {
  if (command === undefined && args.length === 0) return [];
  const program = command ?? entrypointOf(image, placement);
  if (program !== undefined) return [...program, ...args];
  throw new TerminalError(
    `Placement ${placement.name} names no entrypoint of ${image} for the job's args; its entrypoints must have changed after the job was accepted.`,
    { placement: placement.name },
  );
}

function gpuOf(spec: JobSpec, placement: AciPlacement): { count: number; sku: string } | undefined {
  if (spec.gpu === undefined) return undefined;
  const [gpu] = offeredGpus(spec.gpu, placement);
  if (gpu !== undefined) return gpu;
  throw new TerminalError(
    `Placement ${placement.name} offers no ${spec.gpu.count} × ${spec.gpu.sku ?? 'GPU'}; its offer must have changed after the job was accepted.`,
    { placement: placement.name },
  );
}

/** What every program is told of itself, for checkpoints; then the spec's own variables. */
function environmentOf({ ref, spec, secrets }: CreateRequest): EnvironmentVariable[] {
  const own = Object.entries(spec.env ?? {}).map(([name, value]): EnvironmentVariable => {
    if (typeof value === 'string') return { name, value };
    return { name, secureValue: secretOf(secrets, name) };
  });
  return [
    { name: 'GPU_JOBS_JOB', value: ref.jobId },
    { name: 'GPU_JOBS_ATTEMPT', value: String(ref.attempt) },
    ...own.filter(({ name }) => name !== 'GPU_JOBS_JOB' && name !== 'GPU_JOBS_ATTEMPT'),
  ];
}

function secretOf(secrets: Readonly<Record<string, string>>, name: string): string {
  const secret = secrets[name];
  if (secret !== undefined) return secret;
  throw new TerminalError(
    `The secret value of variable ${name} is not held any more; submit the job again with it.`,
    { variable: name },
  );
}

function registryOf({
  spec,
  registryPassword,
}: CreateRequest): Pick<ContainerGroup, 'imageRegistryCredentials' | 'identity'> {
  if (spec.registry === undefined) return {};
  const { server, identity, username } = spec.registry;
  return {
    imageRegistryCredentials: [
      {
        server,
        ...(username === undefined ? {} : { username }),
        ...(registryPassword === undefined ? {} : { password: registryPassword }),
        ...(identity === undefined ? {} : { identity }),
      },
    ],
    ...(identity === undefined
      ? {}
      : { identity: { type: 'UserAssigned', userAssignedIdentities: { [identity]: {} } } }),
  };
}
