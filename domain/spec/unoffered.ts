// What a wish names that a placement doesn't offer, or not to this job.
import type { Traits } from '../backend/traits';
import { outlivesUrl } from '../outputs/output-url';
import { checkpointsVolume, keepsOutputsByUrl, outputsVolume } from '../placement/kept-volumes';
import type { NamedResources } from '../placement/named-resources';
import { deadlinesOf } from './job-spec';
import { isImageAmong } from './policy';
import type { Wish } from './wish';

/** Why the placement can't give what the wish names, for a person; undefined where it can. */
export function unoffered(wish: Wish, placement: NamedResources, traits: Traits): string | undefined {
  return (
    unofferedIdentity(wish, placement) ??
    unofferedVolume(wish, placement) ??
    unkept(wish, placement) ??
    unlikeScratch(wish, traits) ??
    (wish.workingDir !== undefined && !traits.workingDir
      ? `can't start a program in another directory than its image's; leave out "workingDir" and let the command change into ${wish.workingDir}`
      : undefined)
  );
}

function unofferedIdentity(
  { identity, image }: Wish,
  { identities = {} }: NamedResources,
): string | undefined {
  if (identity === undefined) return undefined;
  const entry = entryOf(identities, identity);
  if (entry === undefined) return `offers no identity "${identity}" (it offers ${namesOf(identities)})`;
  return notFor(image, entry.images, `identity "${identity}"`);
}

function unofferedVolume(wish: Wish, { volumes = {} }: NamedResources): string | undefined {
  for (const { name, readOnly } of wish.volumes ?? []) {
    const entry = entryOf(volumes, name);
    if (entry === undefined) return `offers no volume "${name}" (it offers ${namesOf(volumes)})`;
    const unfit = notFor(wish.image, entry.images, `volume "${name}"`);
    if (unfit !== undefined) return unfit;
    if (entry.readOnly === true && readOnly === false)
      return `offers volume "${name}" for reading alone, the job asks for "readOnly": false`;
  }
  return undefined;
}

/** On a volume, outputs and checkpoints are judged by who may use it. */
function unkept(wish: Wish, placement: NamedResources): string | undefined {
  const { volumes = {} } = placement;
  const judged = (what: string, volume: string): string | undefined =>
    notFor(wish.image, entryOf(volumes, volume)?.images, `${what} on volume "${volume}"`);
  if (wish.outputs !== undefined) {
    const volume = outputsVolume(placement);
    const unfit = volume === undefined ? notByUrl(wish, placement) : judged('outputs', volume);
    if (unfit !== undefined) return unfit;
  }
  if (wish.checkpoints === undefined) return undefined;
  const volume = checkpointsVolume(placement);
  return volume === undefined
    ? 'keeps no checkpoints: they are read again, which takes a volume with a share, and it names none ("checkpoints": { "volume": … })'
    : judged('checkpoints', volume);
}

function notByUrl({ deadlines }: Wish, placement: NamedResources): string | undefined {
  return keepsOutputsByUrl(placement)
    ? outlivesUrl(deadlinesOf({ deadlines }))
    : 'keeps no outputs ("outputs": "none")';
}

function unlikeScratch({ scratch = [] }: Wish, traits: Traits): string | undefined {
  const inMemory = scratch.find(({ memory }) => memory === true);
  if (inMemory !== undefined && !traits.scratch.memory)
    return `has no scratch in memory, the job asks for it at ${inMemory.path}`;
  const sized = scratch.find(({ sizeGb }) => sizeGb !== undefined);
  if (sized !== undefined && !traits.scratch.sized)
    return `can't limit what scratch holds, the job asks for ${sized.sizeGb} GB at ${sized.path}; leave out "sizeGb"`;
  return undefined;
}

/** `what` is offered to some images alone, and this is none of them. */
function notFor(
  image: string | undefined,
  allowed: readonly string[] | undefined,
  what: string,
): string | undefined {
  if (image === undefined || allowed === undefined || isImageAmong(image, allowed)) return undefined;
  const to = allowed.length === 0 ? 'no image' : `images ${allowed.join(', ')} alone`;
  return `offers ${what} to ${to}, the job's is ${image}`;
}

/** Not what every object has, such as `constructor`. */
function entryOf<Entry>(entries: Readonly<Record<string, Entry>>, name: string): Entry | undefined {
  return Object.hasOwn(entries, name) ? entries[name] : undefined;
}

function namesOf(entries: Readonly<Record<string, unknown>>): string {
  return Object.keys(entries).join(', ') || 'none';
}
