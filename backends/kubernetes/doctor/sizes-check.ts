// Whether a placement's nodes have VM sizes that Azure has retired. Pure.
import type { Check } from '../../../domain/backend/check';
import { checkOf, type Finding, unique } from '../../findings';
import type { Node } from './cluster-objects';
import type { InspectedPlacement, Nodes } from './inspected';
import { isSelected, poolOfNode, SIZE_LABEL, sizeOf } from './nodes';
import type { Read } from './read-cluster';
import { retirementOf } from './retired-sizes';

/**
 * The sizes of nodes that the placement selects, and those that its selectors name. `now`: epoch milliseconds.
 * Undefined where no size is known.
 */
export function sizesCheck(
  name: string,
  placement: Pick<InspectedPlacement, 'gpus' | 'nodes'>,
  read: Read<readonly Node[]>,
  now: number,
): Check | undefined {
  const selections = [placement, ...placement.gpus].flatMap(({ nodes }) => (nodes ? [nodes] : []));
  const nodes = read.kind === 'read' ? read.value : [];
  const found = nodes.filter((node) => selections.some(({ selector }) => isSelected(node, selector)));
  const sizes = unique([...selections.flatMap(named), ...found.flatMap((node) => sizeOf(node) ?? [])]);
  if (sizes.length === 0) return undefined;
  const findings = sizes.flatMap((size) => retired(size, found, now));
  return checkOf(name, `${sizes.join(', ')}: none is known as retired`, findings);
}

function named({ selector }: Nodes): string[] {
  const size = selector?.[SIZE_LABEL];
  return size === undefined ? [] : [size];
}

function retired(size: string, nodes: readonly Node[], now: number): Finding[] {
  const retirement = retirementOf(size, now);
  if (retirement === undefined) return [];
  const { series, lastDay, isOver } = retirement;
  const pools = unique(
    nodes.filter((node) => sizeOf(node) === size).flatMap((node) => poolOfNode(node) ?? []),
  );
  const where = pools.length === 0 ? '' : ` (pool ${pools.join(', ')})`;
  return [
    {
      standing: isOver ? 'failed' : 'warning',
      detail: `${size}${where} is of series ${series}, which Azure ${isOver ? 'retired' : 'retires'} on ${lastDay}`,
      todo: 'Make a pool of a current size, such as Standard_NC4as_T4_v3, and select it (docs/kubernetes.md, "A pool with GPUs").',
    },
  ];
}
