// From a create's request to the job definition that runs it. Pure.
import type { EnvironmentVar, Job, RegistryCredentials, Secret } from '@azure/arm-appcontainers';

import { TerminalError } from '../../domain/errors';
import { isSameName } from '../../domain/parse/any-case';
import { CONTAINER_NAME, type CreateRequest } from '../../domain/ports/compute-backend';
import type { ChosenGpu } from '../../domain/spec/gpu';
import { deadlinesOf } from '../../domain/spec/job-spec';
import { resourcesOf } from '../../domain/spec/resources';
import { identitiesOf, identityVariables } from '../arm/program-identity';
import { tagsOf } from '../arm/resource-tags';
import { gpuOf, secretOf, toldVariables } from '../create-request';
import { environmentId } from './environment-id';
import { jobVolumes } from './job-volumes';
import { sizeOf } from './offer';
import type { ContainerAppsPlacement } from './placement';
import { replicaTimeout } from './replica-timeout';
import { shareOf } from './sizes';

/** The secret of a registry's password; those of variables are `env-0`, `env-1`, … */
const REGISTRY_SECRET = 'registry-password';

/**
 * The same request always makes the same definition, so its PUT may be repeated. One replica runs once: the runner
 * makes the retries, a definition for each. Throws TerminalError when the placement does not offer what is asked for;
 * preflight has seen to that.
 */
export function definitionOfRequest(request: CreateRequest, placement: ContainerAppsPlacement): Job {
  const { spec, ref, createdAt, expiresAt } = request;
  const gpu = gpuOf(request, placement);
  const variables = variablesOf(request, placement);
  const { registries, secrets } = registryOf(request);
  const identity = identitiesOf(spec, placement);
  const { volumes, volumeMounts } = jobVolumes(request, placement);
  return {
    location: placement.region,
    tags: tagsOf(ref, createdAt, expiresAt),
    ...(identity === undefined ? {} : { identity }),
    environmentId: environmentId(placement),
    workloadProfileName: profileOf(gpu, placement),
    configuration: {
      triggerType: 'Manual',
      replicaTimeout: replicaTimeout(deadlinesOf(spec)),
      replicaRetryLimit: 0,
      manualTriggerConfig: { parallelism: 1, replicaCompletionCount: 1 },
      secrets: [...variables.secrets, ...secrets],
      registries,
    },
    template: {
      containers: [
        {
          name: CONTAINER_NAME,
          image: spec.image,
          ...(spec.command === undefined ? {} : { command: [...spec.command] }),
          ...(spec.args === undefined ? {} : { args: [...spec.args] }),
          env: variables.env,
          resources: resources(request, gpu, placement),
          ...(volumeMounts.length === 0 ? {} : { volumeMounts }),
        },
      ],
      ...(volumes.length === 0 ? {} : { volumes }),
    },
  };
}

function profileOf(gpu: ChosenGpu | undefined, { profile, gpus }: ContainerAppsPlacement): string {
  return (gpu && gpus.find(({ sku }) => isSameName(sku, gpu.sku))?.profile) ?? profile;
}

function resources(
  { spec, ref, resources: given }: CreateRequest,
  gpu: ChosenGpu | undefined,
  placement: ContainerAppsPlacement,
): { cpu: number; memory: string } {
  const size = sizeOf(given ?? resourcesOf(spec, gpu, placement, shareOf(gpu)), gpu, placement);
  if (size !== undefined) return { cpu: size.cpu, memory: `${size.memoryGi}Gi` };
  throw new TerminalError(
    `Placement ${placement.name} holds no job of this size; its profile must have changed after the job was accepted.`,
    { placement: placement.name, workload: ref.name },
  );
}

interface Variables {
  readonly env: EnvironmentVar[];
  readonly secrets: Secret[];
}

/**
 * What every program is told of itself, then the spec's own. A secret's name has no room for a variable's, so it has
 * its number (docs/facts/container-apps.md#names).
 */
function variablesOf(request: CreateRequest, placement: ContainerAppsPlacement): Variables {
  const told = { ...toldVariables(request), ...identityVariables(request.spec, placement) };
  const toldSecrets = request.told?.secrets ?? {};
  const env: EnvironmentVar[] = Object.entries(told).map(([name, value]) => ({ name, value }));
  const secrets: Secret[] = [];
  for (const [index, [name, value]] of Object.entries(toldSecrets).entries()) {
    secrets.push({ name: `told-${index}`, value });
    env.push({ name, secretRef: `told-${index}` });
  }
  for (const [name, value] of Object.entries(request.spec.env ?? {})) {
    if (Object.hasOwn(told, name) || Object.hasOwn(toldSecrets, name)) continue;
    if (typeof value === 'string') {
      env.push({ name, value });
      continue;
    }
    const secret = `env-${secrets.length - Object.keys(toldSecrets).length}`;
    secrets.push({ name: secret, value: secretOf(request, name) });
    env.push({ name, secretRef: secret });
  }
  return { env, secrets };
}

function registryOf({ spec, registryPassword }: CreateRequest): {
  readonly registries: RegistryCredentials[];
  readonly secrets: Secret[];
} {
  if (spec.registry === undefined) return { registries: [], secrets: [] };
  const { server, identity, username } = spec.registry;
  return {
    registries: [
      {
        server,
        ...(username === undefined ? {} : { username }),
        ...(registryPassword === undefined ? {} : { passwordSecretRef: REGISTRY_SECRET }),
        ...(identity === undefined ? {} : { identity }),
      },
    ],
    secrets: registryPassword === undefined ? [] : [{ name: REGISTRY_SECRET, value: registryPassword }],
  };
}
