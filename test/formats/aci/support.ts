// A container group, which each test of the rules changes a little.

export interface Group {
  [field: string]: unknown;
  properties: Record<string, unknown>;
}

/**
 * The vector addition of Azure's guide, with the given fields replacing those of the container, the group or the
 * document.
 */
export function group(
  of: { container?: object; requests?: object; properties?: object; top?: object } = {},
): Group {
  const requests = { cpu: 1, memoryInGB: 1.5, gpu: { count: 1, sku: 'K80' }, ...of.requests };
  const properties = {
    image: 'k8s-gcrio.azureedge.net/cuda-vector-add:v0.1',
    resources: { requests },
    ...of.container,
  };
  return {
    apiVersion: '2019-12-01',
    name: 'gpucontainergroup',
    properties: {
      containers: [{ name: 'gpucontainer', properties }],
      osType: 'Linux',
      restartPolicy: 'Never',
      ...of.properties,
    },
    ...of.top,
  };
}
