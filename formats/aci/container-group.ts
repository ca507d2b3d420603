// A container group, as ACI YAML and ARM templates both have it -> a draft of the spec.
import type { ParseOptions } from '../document';
import { Draft } from '../draft';
import type { DraftSpec } from '../format-parser';
import type { Reader } from '../reader';
import { draftContainer, type DraftedContainer } from './container';
import { fieldsOf, type Handling } from './fields';
import { draftRegistry } from './registry';
import { checkRestartPolicy } from './restart-policy';
import { unsupported } from './unsupported';
import { draftVolumes } from './volumes';

export const CONTAINER_GROUP_TYPE = 'Microsoft.ContainerInstance/containerGroups';

const PLACEMENTS_DECIDE = 'placements decide where a job runs';
const NO_VIRTUAL_NETWORK = 'a job runs in no virtual network';

const GROUP = {
  name: 'read',
  properties: 'read',
  tags: 'read',
  identity: 'read',
  type: 'read',
  location: { ignored: PLACEMENTS_DECIDE },
  zones: { refused: `${PLACEMENTS_DECIDE}, and none names a zone` },
  apiVersion: 'harmless',
  id: 'harmless',
  systemData: 'harmless',
  // What `az` adds when it shows or exports a resource.
  additional_properties: 'harmless',
  resourceGroup: 'harmless',
  etag: 'harmless',
  extended_location: { refused: PLACEMENTS_DECIDE },
  extendedLocation: { refused: PLACEMENTS_DECIDE },
  // What a resource of a template may have besides.
  comments: 'harmless',
  metadata: 'harmless',
  condition: 'harmless',
  dependsOn: { ignored: 'a job waits for no other resource' },
  copy: { refused: 'submit each job by itself' },
  scope: { refused: PLACEMENTS_DECIDE },
  resources: { ignored: 'a job has no child resources' },
} as const satisfies Readonly<Record<string, Handling>>;

const PROPERTIES = {
  containers: 'read',
  osType: 'read',
  restartPolicy: 'read',
  imageRegistryCredentials: 'read',
  priority: 'read',
  sku: 'read',
  subnetIds: 'read',
  initContainers: { refused: 'a job is one container; let its program prepare what it needs' },
  ipAddress: { ignored: 'a job listens to nobody and gets no address' },
  volumes: 'read',
  diagnostics: { ignored: "the job's log is archived by the runner" },
  dnsConfig: { refused: NO_VIRTUAL_NETWORK },
  networkProfile: { refused: NO_VIRTUAL_NETWORK },
  encryptionProperties: { refused: 'a job has no key of its own to be encrypted with' },
  confidentialComputeProperties: { refused: 'a job runs in a Standard group' },
  extensions: { refused: 'a job has no extensions' },
  containerGroupProfile: { refused: 'write the containers into the document' },
  standbyPoolProfile: { refused: 'placements have no standby pools' },
  secretReferences: { refused: 'write `{ "secretRef": name }` in the native form' },
  identityAcls: { ignored: 'the program signs in as the identity that its placement gives it' },
  customProvisioningTimeoutInSeconds: 'read',
  provisioningTimeoutInSeconds: 'read',
  isCustomProvisioningTimeout: 'read',
  provisioningState: 'harmless',
  instanceView: 'harmless',
  isCreatedFromStandbyPool: 'harmless',
} as const satisfies Readonly<Record<string, Handling>>;

/** Drafts the spec of a group whose expressions, if any, are evaluated. Reports everything that a job can't have. */
export function draftContainerGroup(group: Reader, options: ParseOptions): DraftSpec {
  const draft = new Draft(group);
  const field = fieldsOf(group, 'a container group', GROUP);
  checkType(field('type'));
  draft.set('name', field('name').text(), field('name'));
  draftLabels(draft, field('tags'));

  const properties = field('properties');
  if (!properties.present) group.problem('has no properties; they name the containers');
  else draftProperties(draft, properties, field('identity'), options);
  return draft.spec;
}

function draftProperties(draft: Draft, properties: Reader, identity: Reader, options: ParseOptions): void {
  const field = fieldsOf(properties, "a container group's properties", PROPERTIES);
  checkRestartPolicy(field('restartPolicy'), properties, options);
  const container = draftTheContainer(draft, properties, field('containers'));
  draftVolumes(draft, field('volumes'), container.mounts);
  draftRegistry(draft, field('imageRegistryCredentials'), identity, container.image);
  checkOs(field('osType'), container);
  checkPriority(field('priority'), container);
  checkProvisioningTimeout(field);
  const { subnetIds, sku } = { subnetIds: field('subnetIds'), sku: field('sku') };
  if (Array.isArray(subnetIds.value) && subnetIds.value.length > 0)
    subnetIds.problem(
      `is refused: ${unsupported({ gpu: container.gpu, inVirtualNetwork: true }) ?? NO_VIRTUAL_NETWORK}`,
    );
  if (sku.present && sku.text()?.toLowerCase() !== 'standard')
    sku.problem('is refused: a job runs in a Standard group');
}

function draftTheContainer(draft: Draft, properties: Reader, containers: Reader): DraftedContainer {
  const all = containers.items();
  const [only, ...others] = all;
  if (only === undefined) {
    (containers.present ? containers : properties).problem('names no container; a job is one');
    return { image: undefined, gpu: undefined, mounts: containers.at('volumeMounts') };
  }
  if (others.length > 0) {
    const names = all.map((container) => nameOf(container)).join(', ');
    containers.problem(
      `has ${all.length} containers (${names}), a job is one. Sidecars are not run: submit the program's container alone, or each as a job of its own`,
    );
  }
  return draftContainer(draft, only);
}

function nameOf(container: Reader): string {
  const name = container.at('name').value;
  return typeof name === 'string' ? name.slice(0, 63) : 'one without a name';
}

function checkType(type: Reader): void {
  const stated = type.text();
  if (stated !== undefined && stated.toLowerCase() !== CONTAINER_GROUP_TYPE.toLowerCase())
    type.problem(`is "${stated.slice(0, 100)}", must be ${CONTAINER_GROUP_TYPE}`);
}

function checkOs(osType: Reader, { gpu }: DraftedContainer): void {
  const stated = osType.text();
  if (stated === undefined || stated.toLowerCase() === 'linux') return;
  if (stated.toLowerCase() === 'windows')
    osType.problem(
      `is refused: a placement ${unsupported({ os: 'Windows', gpu }) ?? 'runs Linux containers only'}`,
    );
  else osType.problem(`is "${stated.slice(0, 40)}", must be Linux`);
}

function checkPriority(priority: Reader, { gpu }: DraftedContainer): void {
  const stated = priority.text();
  if (stated === undefined || stated.toLowerCase() === 'regular') return;
  if (stated.toLowerCase() !== 'spot') {
    priority.problem(`is "${stated.slice(0, 40)}", must be Regular`);
    return;
  }
  const why = unsupported({ gpu, priority: 'Spot' });
  if (why === undefined)
    priority.warning('Spot is not asked for: the job runs, and is billed, at Regular priority.');
  else priority.problem(`is refused: a placement ${why}`);
}

/** The service's own 30 minutes say nothing; another limit belongs into the spec. */
function checkProvisioningTimeout(
  field: (
    name:
      'customProvisioningTimeoutInSeconds' | 'provisioningTimeoutInSeconds' | 'isCustomProvisioningTimeout',
  ) => Reader,
): void {
  const isCustom = /^true$/i.test(String(field('isCustomProvisioningTimeout').value));
  const custom = field('customProvisioningTimeoutInSeconds');
  const limit = custom.present ? custom : field('provisioningTimeoutInSeconds');
  if (limit.present && (custom.present || isCustom))
    limit.ignored('has no effect: `deadlines.provisioning` of a spec says how long provisioning may take');
}

function draftLabels(draft: Draft, tags: Reader): void {
  if (!tags.present || !tags.isMapping()) return;
  const names = tags.keys();
  if (names.length === 0) return;
  draft.set('labels', Object.fromEntries(names.map((name) => [name, tags.at(name).value])), tags);
  for (const name of names) draft.came(['labels', name], tags.at(name));
  tags.translated('The tags become labels of the job; the groups that it runs in carry tags of the runner.');
}
