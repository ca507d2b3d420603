// What a container's resources ask for: GPUs, CPU and memory, and what it gets where it names none.
import { ORDINARY, times } from '../../domain/spec/resources';
import { GPU_RESOURCE } from '../../manifests/gpu-resource';
import { coresOf, gigabytesOf, parseQuantity } from '../../manifests/quantity';
import type { Draft } from '../draft';
import type { Reader } from '../reader';
import { checkFields, READ, refused } from './field-rules';
import { gpuNames, isGpu, NAMELESS, OLD_GPU_RESOURCE } from './gpu-sku';

/**
 * Where one of the two is named, the other is: for each GPU what the container instances guide's TensorFlow job asks
 * for (docs/from-the-azure-guides.md), else the spec's own default.
 */
const DEFAULT_PER_GPU = { cpu: 4, memoryGb: 12 };

/** Drafts `gpu` and `resources` from the field `resources` of a container. */
export function draftResources(resources: Reader, draft: Draft): void {
  checkFields(
    resources,
    {
      limits: READ,
      requests: READ,
      claims: refused(`is refused: ask for GPUs by the limit ${GPU_RESOURCE}`),
    },
    'resources',
  );
  const limits = resources.at('limits');
  const requests = resources.at('requests');
  for (const named of [limits, requests]) checkNames(named);
  const gpus = draftGpu(limits, requests, draft);

  const cpu = amount('cpu', limits, requests, coresOf);
  const memoryGb = amount('memory', limits, requests, gigabytesOf);
  if (cpu === undefined && memoryGb === undefined) {
    const given = gpus === 0 ? '1 core and 1.5 GB of memory' : 'what its placement gives with the GPU';
    resources.translated(`names neither CPU nor memory: the job is given ${given}`);
    return;
  }
  const defaults = gpus === 0 ? ORDINARY : times(DEFAULT_PER_GPU, gpus);
  draft.set(
    'resources',
    { cpu: cpu?.value ?? defaults.cpu, memoryGb: memoryGb?.value ?? defaults.memoryGb },
    resources,
  );
  draft.came(['resources', 'cpu'], cpu?.from ?? resources);
  draft.came(['resources', 'memoryGb'], memoryGb?.from ?? resources);
  const missing = [
    ...(cpu === undefined ? [`${defaults.cpu} CPU`] : []),
    ...(memoryGb === undefined ? [`${defaults.memoryGb} GB of memory`] : []),
  ];
  if (missing.length > 0)
    resources.translated(`names not all that a job needs: it gets ${missing.join(' and ')} by default`);
}

function checkNames(named: Reader): void {
  if (!named.present || !named.isMapping()) return;
  for (const name of named.keys()) {
    const resource = named.at(name);
    if (name === 'ephemeral-storage') resource.ignored('has no effect: the platform sets the disk');
    else if (!['cpu', 'memory'].includes(name) && !isGpu(name))
      resource.problem(
        `is refused: a job can ask for cpu, memory and GPUs (${GPU_RESOURCE}, slices such as nvidia.com/mig-1g.10gb, ${NAMELESS.join(', ')})`,
      );
  }
}

/** Drafts `gpu`; how many GPUs there are to be. */
function draftGpu(limits: Reader, requests: Reader, draft: Draft): number {
  const [name = GPU_RESOURCE, ...others] = gpuNames(limits);
  const limit = limits.at(name);
  for (const other of others)
    limits.at(other).problem(`is one GPU limit too many beside ${name}; leave it out`);
  for (const each of new Set([...gpuNames(limits), ...gpuNames(requests)])) {
    const request = requests.at(each);
    if (request.present && quantityOf(request) !== quantityOf(limits.at(each)))
      request.problem('differs from the limit; GPUs are asked for by the limit, a request must be the same');
  }
  const count = wholeNumber(limit);
  if (count === undefined || count === 0) return 0;
  if (name === OLD_GPU_RESOURCE)
    limit.warning(`is no resource of Kubernetes since 1.11; it is taken as ${GPU_RESOURCE}`);
  draft.set('gpu', { count }, limit);
  return count;
}

function wholeNumber(quantity: Reader): number | undefined {
  if (!quantity.present) return undefined;
  const nanos = quantityOf(quantity);
  if (nanos !== undefined && nanos % 1_000_000_000n === 0n) return coresOf(nanos);
  quantity.problem(`is ${shown(quantity)}, must be a whole number of GPUs`);
  return undefined;
}

interface Amount {
  readonly value: number;
  readonly from: Reader;
}

/** The limit, which is what a program may use, else the request. */
function amount(
  name: 'cpu' | 'memory',
  limits: Reader,
  requests: Reader,
  toNumber: (nanos: bigint) => number,
): Amount | undefined {
  const [limit, request] = [limits.at(name), requests.at(name)];
  const [wanted, least] = [checkedQuantity(limit), checkedQuantity(request)];
  const nanos = wanted ?? least;
  if (nanos === undefined) return undefined;
  if (wanted !== undefined && least !== undefined && wanted !== least)
    request.translated(`is less than the limit ${String(limit.value)}: a job is given its limit`);
  return { value: toNumber(nanos), from: wanted === undefined ? request : limit };
}

function checkedQuantity(quantity: Reader): bigint | undefined {
  if (!quantity.present) return undefined;
  const nanos = quantityOf(quantity);
  if (nanos === undefined)
    quantity.problem(`is ${shown(quantity)}, must be a quantity such as 2, 500m or 12Gi`);
  return nanos;
}

function shown({ value }: Reader): string {
  return JSON.stringify(value).slice(0, 80);
}

function quantityOf({ value }: Reader): bigint | undefined {
  return typeof value === 'string' || typeof value === 'number' ? parseQuantity(value) : undefined;
}
