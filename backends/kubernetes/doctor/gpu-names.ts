// Kinds of GPU in the names of VM sizes, products and SKUs. Pure.

/** Whole words of such names: `Standard_NC4as_T4_v3`, `NVIDIA-A100-80GB-PCIe`, `Tesla-V100`. */
const GPU = /^(K80|M60|P4|P40|P100|V100|T4|L4|L40S?|A2|A10G?|A30|A40|A100|H100|H200|GH200|B200|GB200)$/i;

function gpusIn(name: string): string[] {
  return name
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => GPU.test(word))
    .map((word) => word.toUpperCase());
}

/** Whether both names say a kind of GPU, and not the same one. */
export function namesOtherGpu(name: string, sku: string): boolean {
  const there = gpusIn(name);
  const asked = gpusIn(sku);
  return there.length > 0 && asked.length > 0 && !there.some((gpu) => asked.includes(gpu));
}
