// The name under which a pod asks for GPUs.

/** docs/facts/kubernetes.md#gpu-resource */
export const GPU_RESOURCE = 'nvidia.com/gpu';
