// The node groups that the cluster autoscaler tells of in its ConfigMap (docs/facts/aks.md#autoscaler-status). Pure.

export interface NodeGroup {
  /** On AKS the name of a scale set, such as `aks-gpunp-12345678-vmss`. */
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** How many nodes it wants now; undefined where it does not say. */
  readonly target: number | undefined;
}

/** Both forms: text until version 1.29 of the autoscaler, YAML since. What has neither form has no groups. */
export function nodeGroupsOf(status: string): NodeGroup[] {
  const [, groups = ''] = status.split(/^\s*nodeGroups:/im);
  // Each group begins with a list's dash in YAML, and with its name in the text.
  return groups.split(/^ *- |^\s*(?=Name:)/m).flatMap((group) => {
    const name = /^\s*name:\s*(\S+)/im.exec(group)?.[1];
    const min = numberIn(/minSize[:=]\s*(\d+)/i, group);
    const max = numberIn(/maxSize[:=]\s*(\d+)/i, group);
    if (name === undefined || max === undefined) return [];
    return [{ name, min: min ?? 0, max, target: numberIn(/cloudProviderTarget[:=]\s*(\d+)/i, group) }];
  });
}

function numberIn(pattern: RegExp, text: string): number | undefined {
  const found = pattern.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** The AKS pool of a group, by the name of its scale set; undefined for what is named otherwise. */
export function poolOf({ name }: NodeGroup): string | undefined {
  return /^aks-(.+?)(-\d+)?-vmss$/.exec(name)?.[1];
}
