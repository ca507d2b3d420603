// The images in whose place this machine can run programs of its own.
import { ADDED_IMAGES, type AddedImages } from './added-images';
import type { ImageStanding } from './runtime';

/** What runs in place of an image. */
export type StandIn =
  /** A script of this project, run by Node. The group's command replaces its arguments, as at the service. */
  | { readonly kind: 'script'; readonly script: string }
  /**
   * Runs the group's command as a process of this machine. Without one it runs the image's own, which is empty if it
   * has none.
   */
  | { readonly kind: 'host-process'; readonly command: readonly string[] };

/** Runs the group's command on this machine, with this machine's programs and files. */
export const HOST_PROCESS_IMAGE = 'gpu-jobs.local/host-process';

/** Images of this registry are found, but every pull of them fails. They show what happens then. */
const UNPULLABLE_REGISTRY = 'unpullable.gpu-jobs.local/';

/** Images of this registry are pulled, but their programs can't be started. */
const UNSTARTABLE_REGISTRY = 'unstartable.gpu-jobs.local/';

/** The commonest cause that concerns GPUs, in NVIDIA's words: the image was built for a newer driver. */
export const UNMET_REQUIREMENT =
  'nvidia-container-cli: requirement error: unsatisfied condition: cuda>=12.9, please update your driver to a newer version, or use an earlier cuda container';

const CUDA: StandIn = { kind: 'script', script: 'samples/cuda-vector-add/program.js' };
const TENSORFLOW: StandIn = { kind: 'script', script: 'samples/tensorflow-mnist/program.js' };

interface KnownImage {
  /** `registry/name`, without Docker Hub's implied host. */
  readonly repository: string;
  /** How our tag begins, if one repository holds several programs. */
  readonly tagPrefix?: string;
  readonly standIn: StandIn;
  /** The entrypoint that jobs with arguments alone get. It is no program of this machine. */
  readonly entrypoint?: string;
}

/**
 * The images of the Azure guides (docs/from-the-azure-guides.md), and NVIDIA's present build of the vector addition.
 */
const KNOWN_IMAGES: readonly KnownImage[] = [
  { repository: 'k8s-gcrio.azureedge.net/cuda-vector-add', standIn: CUDA },
  { repository: 'nvcr.io/nvidia/k8s/cuda-sample', tagPrefix: 'vectoradd-', standIn: CUDA },
  {
    repository: 'mcr.microsoft.com/azuredocs/samples-tf-mnist-demo',
    standIn: TENSORFLOW,
    entrypoint: '/stand-in/tensorflow-mnist',
  },
  {
    repository: 'microsoft/samples-tf-mnist-demo',
    standIn: TENSORFLOW,
    entrypoint: '/stand-in/tensorflow-mnist',
  },
  { repository: HOST_PROCESS_IMAGE, standIn: { kind: 'host-process', command: [] } },
];

/** The program that runs in place of `image`, or undefined. An added image comes before ours. */
export function standInFor(image: string, added: AddedImages = {}): StandIn | undefined {
  const { repository, tag } = partsOf(image);
  const name = [image, repository].find((candidate) => Object.hasOwn(added, candidate));
  const command = name === undefined ? undefined : added[name];
  if (command !== undefined) return { kind: 'host-process', command };
  return KNOWN_IMAGES.find(
    (known) => known.repository === repository && tag.startsWith(known.tagPrefix ?? ''),
  )?.standIn;
}

/** What a pull of `image` meets on this machine. */
export function standingOf(image: string, added: AddedImages = {}): ImageStanding {
  if (standInFor(image, added) || image.startsWith(UNSTARTABLE_REGISTRY)) return { kind: 'known' };
  return image.startsWith(UNPULLABLE_REGISTRY)
    ? { kind: 'unpullable', why: 'rpc error: code = Unknown desc = the registry closed the connection' }
    : { kind: 'inaccessible', advice: ADVICE };
}

/**
 * Whether the image's program can't be started: by its registry, or because `unstartable` names the image or its
 * repository.
 */
export function isUnstartable(image: string, unstartable: readonly string[]): boolean {
  if (image.startsWith(UNSTARTABLE_REGISTRY)) return true;
  return unstartable.some((name) => name === image || name === partsOf(image).repository);
}

/** The entrypoints of the images whose stand-ins take arguments, by repository. */
export const standInEntrypoints: Readonly<Record<string, string[]>> = Object.fromEntries(
  KNOWN_IMAGES.flatMap(({ repository, entrypoint }) =>
    entrypoint === undefined ? [] : [[repository, [entrypoint]]],
  ),
);

const KNOWN_NAMES = KNOWN_IMAGES.map(
  ({ repository, tagPrefix }) => repository + (tagPrefix === undefined ? '' : `:${tagPrefix}*`),
).join(', ');

/** The advice about an image that has no stand-in. */
const ADVICE =
  `This is a local stand-in for Azure: it pulls no image and runs programs of this machine, for ${KNOWN_NAMES}. ` +
  `To run your own, name the image ${HOST_PROCESS_IMAGE} and give a command, or add yours to the setting ${ADDED_IMAGES} ` +
  '(docs/running-locally.md, "A program of your own").';

/** Splits `registry/name:tag@digest`. The tag is `latest` if none is given. */
function partsOf(image: string): { repository: string; tag: string } {
  const [named = ''] = image.split('@');
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  const name = colon === -1 ? named : named.slice(0, colon);
  return {
    repository: name.replace(/^(docker\.io|index\.docker\.io)\//, ''),
    tag: colon === -1 ? 'latest' : named.slice(colon + 1),
  };
}
