// What the doctor finds of a placement's environment: whether it is there, has the workload profiles, and writes its
// logs to the placement's workspace. Pure.
import type { ManagedEnvironment } from '@azure/arm-appcontainers';

import type { Check } from '../../../domain/backend/check';
import { isSameName, underName } from '../../../domain/parse/any-case';
import { checkOf, type Finding } from '../../findings';
import { environmentParts } from '../environment-id';
import type { ContainerAppsPlacement } from '../placement';

/** Types of serverless profiles by the SKU that they have (docs/facts/container-apps.md#gpu-sizes). */
const TYPES: Readonly<Record<string, string>> = {
  T4: 'Consumption-GPU-NC8as-T4',
  A100: 'Consumption-GPU-NC24-A100',
};

type Profile = NonNullable<ManagedEnvironment['workloadProfiles']>[number];

export function environmentCheck(environment: ManagedEnvironment, placement: ContainerAppsPlacement): Check {
  const name = `${placement.name} environment`;
  const parts = environmentParts(placement);
  const { provisioningState: state = 'unknown', workloadProfiles: profiles = [] } = environment;
  const where = `--resource-group ${parts.resourceGroup} --name ${parts.name} --subscription ${parts.subscriptionId}`;
  if (state !== 'Succeeded')
    return checkOf(name, '', [
      {
        standing: 'failed',
        detail: `environment ${parts.name} is ${state}`,
        todo: `Look why: az containerapp env show ${where} --query properties.deploymentErrors`,
      },
    ]);
  if (profiles.length === 0)
    return checkOf(name, '', [
      {
        standing: 'failed',
        detail: `environment ${parts.name} has no workload profiles (Consumption only): GPUs need them`,
        todo: `It can't get any. Make another: az containerapp env create --resource-group ${parts.resourceGroup} --name NAME --location ${placement.region} --enable-workload-profiles`,
      },
    ]);
  return checkOf(name, `environment ${parts.name} has ${profiles.map(inWords).join(', ')}`, [
    ...regionFindings(environment, placement),
    ...profileFindings(placement, profiles, where),
    ...workspaceFindings(environment, placement, where),
  ]);
}

function inWords({ name, workloadProfileType }: Profile): string {
  return name === workloadProfileType ? name : `${name} (${workloadProfileType})`;
}

/** A job is made in the region of its environment; an answer shows a region's display name. */
function regionFindings({ location }: ManagedEnvironment, { region }: ContainerAppsPlacement): Finding[] {
  const isThere = isSameName(location.replaceAll(' ', ''), region);
  return isThere
    ? []
    : [
        {
          standing: 'failed',
          detail: `the environment is in ${location}, the placement says ${region}`,
          todo: `Set the placement's "region": "${location.replaceAll(' ', '').toLowerCase()}".`,
        },
      ];
}

function profileFindings(
  { gpus, profile }: ContainerAppsPlacement,
  profiles: readonly Profile[],
  where: string,
): Finding[] {
  const wanted = [{ profile, sku: undefined }, ...gpus];
  return wanted.flatMap(({ profile: wish, sku }): Finding[] => {
    const found = profiles.find(({ name }) => isSameName(name, wish));
    const type = sku === undefined ? undefined : underName(TYPES, sku);
    const add = (name: string): string =>
      `az containerapp env workload-profile add ${where} --workload-profile-name ${name} --workload-profile-type ${type ?? 'TYPE'}`;
    if (found === undefined)
      return [
        {
          standing: 'failed',
          detail: `the environment has no workload profile of the name ${wish}`,
          todo: add(wish),
        },
      ];
    if (sku === undefined || type === undefined || holds(found, sku)) return [];
    return [
      {
        standing: 'failed',
        detail: `the workload profile ${found.name} is of type ${found.workloadProfileType}, which has no ${sku}`,
        todo: `Name another profile in the placement, or add one: ${add('NAME')}`,
      },
    ];
  });
}

/** The types of profiles name their GPU, those with nodes of their own too: `NC24-A100`. */
function holds({ workloadProfileType }: Profile, sku: string): boolean {
  return workloadProfileType.toUpperCase().includes(sku.toUpperCase());
}

function workspaceFindings(
  { appLogsConfiguration }: ManagedEnvironment,
  { workspaceId }: ContainerAppsPlacement,
  where: string,
): Finding[] {
  if (workspaceId === undefined) return [];
  const written = appLogsConfiguration?.logAnalyticsConfiguration?.customerId;
  if (written !== undefined && isSameName(written, workspaceId)) return [];
  return [
    {
      standing: 'warning',
      detail: `the environment writes its logs to ${written ?? 'no workspace'}, the placement names ${workspaceId}`,
      todo:
        written === undefined
          ? `Have it write them: az containerapp env update ${where} --logs-destination log-analytics --logs-workspace-id ${workspaceId} --logs-workspace-key KEY, or take "workspaceId" out of the placement.`
          : `Set the placement's "workspaceId": "${written}".`,
    },
  ];
}
