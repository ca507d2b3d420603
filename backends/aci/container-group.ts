// From a spec to the container group that runs it. Pure.
import type { ContainerGroup, EnvironmentVariable } from '@azure/arm-containerinstance';

import { TerminalError } from '../../domain/errors';
import { CONTAINER_NAME, type CreateRequest } from '../../domain/ports/compute-backend';
import { entrypointOf } from '../../domain/spec/image-entrypoint';
import type { JobSpec } from '../../domain/spec/job-spec';
import { resourcesOf } from '../../domain/spec/resources';
import { identitiesOf, identityVariables } from '../arm/program-identity';
import { tagsOf } from '../arm/resource-tags';
import { gpuOf, secretOf, toldVariables } from '../create-request';
import { shareOf } from './gpu-sizes';
import { groupVolumes } from './group-volumes';
import type { AciPlacement } from './placement';

/** Throws TerminalError when the placement does not offer what is asked for; preflight has seen to that. */
export function containerGroup(request: CreateRequest, placement: AciPlacement): ContainerGroup {
  const { spec, ref } = request;
  const gpu = gpuOf(request, placement);
  const { cpu, memoryGb } = request.resources ?? resourcesOf(spec, gpu, placement, shareOf(gpu));
  const command = commandOf(spec, placement);
  const { volumes, volumeMounts } = groupVolumes(request, placement);
  const identity = identitiesOf(spec, placement);
  return {
    location: placement.region,
    tags: tagsOf(ref, request.createdAt, request.expiresAt),
    osType: 'Linux',
    restartPolicy: 'Never', // A job runs once; OnFailure would restart the program behind our back.
    ...registryOf(request),
    ...(identity === undefined ? {} : { identity }),
    ...(volumes.length === 0 ? {} : { volumes }),
    containers: [
      {
        name: CONTAINER_NAME,
        image: spec.image,
        ...(command.length === 0 ? {} : { command: [...command] }),
        environmentVariables: environmentOf(request, placement),
        resources: { requests: { cpu, memoryInGB: memoryGb, ...(gpu === undefined ? {} : { gpu }) } },
        ...(volumeMounts.length === 0 ? {} : { volumeMounts }),
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

/** What every program is told of itself, then the spec's own variables. */
function environmentOf(request: CreateRequest, placement: AciPlacement): EnvironmentVariable[] {
  const told = { ...toldVariables(request), ...identityVariables(request.spec, placement) };
  const secrets = request.told?.secrets ?? {};
  const own = Object.entries(request.spec.env ?? {}).map(([name, value]): EnvironmentVariable => {
    if (typeof value === 'string') return { name, value };
    return { name, secureValue: secretOf(request, name) };
  });
  return [
    ...Object.entries(told).map(([name, value]) => ({ name, value })),
    ...Object.entries(secrets).map(([name, secureValue]) => ({ name, secureValue })),
    ...own.filter(({ name }) => !Object.hasOwn(told, name) && !Object.hasOwn(secrets, name)),
  ];
}

function registryOf({
  spec,
  registryPassword,
}: CreateRequest): Pick<ContainerGroup, 'imageRegistryCredentials'> {
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
  };
}
