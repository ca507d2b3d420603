// Whether GPU nodes have one device plugin: a DaemonSet, the GPU operator's, or what AKS manages; never two. Pure.
import type { Check } from '../../../domain/backend/check';
import { checkOf, type Finding } from '../../findings';
import type { DaemonSet, Node } from './cluster-objects';
import { gpusOf, isManaged, isSelected } from './nodes';
import { notAllowed } from './not-allowed';
import type { Read } from './read-cluster';

const PLUGIN_IMAGE = /(nvidia.*device-plugin|k8s-device-plugin|gpu-device-plugin)/i;
/** Other programs that come in the plugin's own image. */
const OTHER_PROGRAM = /gpu-feature-discovery|mps-control-daemon|config-manager/;
const WAYS = 'docs/kubernetes.md, "The device plugin"';
const NONE: Finding = {
  standing: 'warning',
  detail: 'there is no device plugin and no node with a GPU: nodes that come later would show none',
  todo: `"kubectl apply -f infra/kubernetes/device-plugin.yaml", unless the GPU operator or AKS is to bring it (${WAYS}).`,
};

/** `resources`: those by which the placement's pods ask for GPUs. */
export function devicePluginCheck(
  name: string,
  resources: readonly string[],
  read: { readonly nodes: Read<readonly Node[]>; readonly daemonSets: Read<readonly DaemonSet[]> },
): Check {
  if (read.daemonSets.kind !== 'read') return notAllowed(name, 'list daemonsets.apps');
  if (read.nodes.kind !== 'read') return notAllowed(name, 'list nodes');
  const nodes = read.nodes.value;
  const hasGpus = (node: Node): boolean => resources.some((resource) => gpusOf(node, resource) > 0);
  const plugins = read.daemonSets.value.filter(isPlugin);
  const managed = nodes.filter(isManaged);
  const findings = [
    ...twice(plugins.filter(isNvidias), nodes.filter(hasGpus), managed),
    ...(plugins.length > 0 || managed.length > 0 || nodes.some(hasGpus) ? [] : [NONE]),
    ...notEverywhere(plugins),
  ];
  const ways = [
    ...plugins.map(wayOf),
    ...(managed.length === 0 ? [] : [`managed by AKS on ${managed.length} nodes`]),
  ];
  const own = nodes.some(hasGpus) ? 'no DaemonSet: the nodes bring their own' : '';
  return checkOf(name, ways.length === 0 ? own : ways.join(', '), findings);
}

function isPlugin({ metadata, spec }: DaemonSet): boolean {
  return (
    !OTHER_PROGRAM.test(metadata.name) &&
    spec.template.spec.containers.some(
      ({ image = '', command = [] }) => PLUGIN_IMAGE.test(image) && !OTHER_PROGRAM.test(command.join(' ')),
    )
  );
}

/** AMD's has the same name. It announces other GPUs, so it may run beside NVIDIA's. */
function isNvidias({ spec }: DaemonSet): boolean {
  return !spec.template.spec.containers.some(({ image = '' }) => /rocm|\bamd/i.test(image));
}

function nameOf({ metadata }: DaemonSet): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

function wayOf(plugin: DaemonSet): string {
  const isOperators = plugin.metadata.ownerReferences?.some(({ kind }) => kind === 'ClusterPolicy') === true;
  return isOperators ? `GPU operator (${nameOf(plugin)})` : `DaemonSet ${nameOf(plugin)}`;
}

function runsOn({ spec }: DaemonSet, node: Node): boolean {
  return isSelected(node, spec.template.spec.nodeSelector);
}

/** Plugins that share no node, by their selectors, are no two on one. Without nodes it is by the selectors' absence. */
function twice(
  plugins: readonly DaemonSet[],
  gpuNodes: readonly Node[],
  managed: readonly Node[],
): Finding[] {
  const together =
    gpuNodes.length === 0
      ? plugins.filter(({ spec }) => spec.template.spec.nodeSelector === undefined)
      : (gpuNodes
          .map((node) => plugins.filter((plugin) => runsOn(plugin, node)))
          .find((on) => on.length > 1) ?? []);
  const onManaged = plugins.filter((plugin) => managed.some((node) => runsOn(plugin, node)));
  return [
    ...(together.length > 1
      ? [
          {
            standing: 'failed' as const,
            detail: `two device plugins run on one node: ${together.map(nameOf).join(' and ')}`,
            todo: `Keep one: ${deletion(together.at(-1))} (${WAYS}).`,
          },
        ]
      : []),
    ...(onManaged.length > 0
      ? [
          {
            standing: 'failed' as const,
            detail: `AKS manages the device plugin of ${managed.length} nodes, and ${onManaged.map(nameOf).join(', ')} runs there too`,
            todo: `Keep one: ${deletion(onManaged[0])}, or give it a nodeSelector that leaves the managed pool out (${WAYS}).`,
          },
        ]
      : []),
  ];
}

function deletion(plugin: DaemonSet | undefined): string {
  return `"kubectl delete daemonset ${plugin?.metadata.name ?? ''} -n ${plugin?.metadata.namespace ?? ''}"`;
}

function notEverywhere(plugins: readonly DaemonSet[]): Finding[] {
  return plugins.flatMap((plugin): Finding[] => {
    const { desiredNumberScheduled: desired = 0, numberReady: ready = 0 } = plugin.status ?? {};
    if (ready >= desired) return [];
    const { name, namespace = '' } = plugin.metadata;
    return [
      {
        standing: 'warning',
        detail: `${nameOf(plugin)} is ready on ${ready} of ${desired} nodes`,
        todo: `"kubectl describe daemonset ${name} -n ${namespace}" shows why.`,
      },
    ];
  });
}
