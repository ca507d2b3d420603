// What the doctor finds of a placement's environment: whether it is there, and has the workload profiles. Pure.
import type { ManagedEnvironment } from '@azure/arm-appcontainers';

import { type Check, ok } from '../../../domain/backend/check';
import { isSameName } from '../../../domain/parse/any-case';
import { environmentParts } from '../environment-id';
import type { ContainerAppsPlacement } from '../placement';

/** Types of profiles by the SKU that they have (docs/facts/container-apps.md#gpu-sizes). */
const TYPES: Readonly<Record<string, string>> = {
  T4: 'Consumption-GPU-NC8as-T4',
  A100: 'Consumption-GPU-NC24-A100',
};

type Profile = NonNullable<ManagedEnvironment['workloadProfiles']>[number];

export function environmentChecks(
  environment: ManagedEnvironment,
  placement: ContainerAppsPlacement,
): readonly Check[] {
  const { name } = environmentParts(placement);
  const profiles = environment.workloadProfiles ?? [];
  const state = environment.provisioningState ?? 'unknown';
  if (state !== 'Succeeded')
    return [
      {
        name: `${placement.name} environment`,
        standing: 'failed',
        detail: `environment ${name} is ${state}`,
        todo: 'Wait until it is provisioned, or look at its deployment errors in the portal.',
      },
    ];
  if (profiles.length === 0)
    return [
      {
        name: `${placement.name} environment`,
        standing: 'failed',
        detail: `environment ${name} has no workload profiles (Consumption only): GPUs need them`,
        todo: 'Make one with profiles: az containerapp env create --enable-workload-profiles …; an environment can’t change its kind.',
      },
    ];
  return [
    ok(`${placement.name} environment`, `environment ${name} has ${profiles.map(inWords).join(', ')}`),
    ...profileChecks(placement, profiles),
    ...workspaceCheck(environment, placement),
  ];
}

function inWords({ name, workloadProfileType }: Profile): string {
  return name === workloadProfileType ? name : `${name} (${workloadProfileType})`;
}

function profileChecks(placement: ContainerAppsPlacement, profiles: readonly Profile[]): Check[] {
  const { gpus, profile } = placement;
  const wanted = [
    { profile, type: undefined },
    ...gpus.map((gpu) => ({ ...gpu, type: TYPES[gpu.sku.toUpperCase()] })),
  ];
  return wanted.flatMap(({ profile: wish, type }) => {
    const found = profiles.find(({ name }) => isSameName(name, wish));
    if (found === undefined) return [missing(placement, wish, type)];
    const isOther = type !== undefined && !isSameName(found.workloadProfileType, type);
    const holdsGpu = /GPU|A100/i.test(found.workloadProfileType);
    return isOther && !holdsGpu ? [withoutGpu(placement, found, type)] : [];
  });
}

function missing(placement: ContainerAppsPlacement, profile: string, type: string | undefined): Check {
  return {
    name: `${placement.name} profile ${profile}`,
    standing: 'failed',
    detail: `the environment has no workload profile of the name ${profile}`,
    todo: addCommand(placement, profile, type ?? 'TYPE'),
  };
}

function withoutGpu(
  placement: ContainerAppsPlacement,
  { name, workloadProfileType }: Profile,
  type: string,
): Check {
  return {
    name: `${placement.name} profile ${name}`,
    standing: 'failed',
    detail: `the workload profile ${name} is of type ${workloadProfileType}, which has no GPU`,
    todo: addCommand(placement, 'NAME', type),
  };
}

function addCommand(placement: ContainerAppsPlacement, profile: string, type: string): string {
  const { resourceGroup, name } = environmentParts(placement);
  return `az containerapp env workload-profile add --resource-group ${resourceGroup} --name ${name} --workload-profile-name ${profile} --workload-profile-type ${type}`;
}

function workspaceCheck(
  { appLogsConfiguration }: ManagedEnvironment,
  { name, workspaceId }: ContainerAppsPlacement,
): Check[] {
  if (workspaceId === undefined) return [];
  const written = appLogsConfiguration?.logAnalyticsConfiguration?.customerId;
  if (written !== undefined && isSameName(written, workspaceId)) return [];
  return [
    {
      name: `${name} workspace`,
      standing: 'warning',
      detail: `the environment writes its logs to ${written ?? 'no workspace'}, the placement names ${workspaceId}`,
      todo: 'Name the workspace that the environment writes to, by its customer id.',
    },
  ];
}
