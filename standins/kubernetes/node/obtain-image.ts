// How a kubelet comes by a container's image, in its own words.
import type { Happening } from '../events/event-recorder';
import type { Container } from '../model/pod';
import { fullImageName, imageDigest, invalidImageMessage, repositoryOf } from './image-name';
import type { KubeletPorts, Machine } from './kubelet-ports';
import type { LifeState } from './pod-life';

export type ImageOutcome =
  | { readonly kind: 'have'; readonly image: string; readonly imageID: string }
  | {
      readonly kind: 'lack';
      readonly state: LifeState & { readonly kind: 'waiting' };
      /** How it is told once the kubelet waits before the next try; absent where it tries without a word. */
      readonly backOff?: LifeState & { readonly kind: 'waiting' };
    };

/** Calls `done` at once or after the pull. */
export function obtainImage(
  { runtime, life, clock }: KubeletPorts,
  machine: Machine,
  { image, imagePullPolicy }: Container,
  tell: (happening: Omit<Happening, 'fieldPath'>) => void,
  done: (outcome: ImageOutcome) => void,
): void {
  const lack = (reason: string, message: string): ImageOutcome => ({
    kind: 'lack',
    state: { kind: 'waiting', reason, message },
  });
  const full = fullImageName(image);
  if (full === undefined) {
    const message = invalidImageMessage(image);
    tell({ type: 'Warning', reason: 'InspectFailed', message });
    tell({ type: 'Warning', reason: 'Failed', message: 'Error: InvalidImageName' });
    done(lack('InvalidImageName', message));
    return;
  }
  const held = machine.images.has(full);
  if (held && imagePullPolicy !== 'Always') {
    tell({
      type: 'Normal',
      reason: 'Pulled',
      message: `Container image "${image}" already present on machine and can be accessed by the pod`,
    });
    done({ kind: 'have', image: full, imageID: imageDigest(full) });
    return;
  }
  if (imagePullPolicy === 'Never') {
    const message = `Container image "${image}" is not present with pull policy of Never`;
    tell({ type: 'Warning', reason: 'ErrImageNeverPull', message });
    tell({ type: 'Warning', reason: 'Failed', message: 'Error: ErrImageNeverPull' });
    done(lack('ErrImageNeverPull', message));
    return;
  }
  tell({ type: 'Normal', reason: 'Pulling', message: `Pulling image "${image}"` });
  const begun = clock.now();
  machine.after(life.pullMs * machine.slowPulls, () => {
    const standing = runtime.lookUp(image);
    if (standing.kind === 'known') {
      machine.images.add(full);
      const took = durationText(clock.now() - begun);
      const message = `Successfully pulled image "${image}" in ${took} (${took} including waiting). Image size: ${IMAGE_BYTES} bytes.`;
      tell({ type: 'Normal', reason: 'Pulled', message });
      done({ kind: 'have', image: full, imageID: `${repositoryOf(full)}@${imageDigest(full)}` });
      return;
    }
    const why = standing.kind === 'unpullable' ? standing.why : notFound(image);
    tell({ type: 'Warning', reason: 'Failed', message: `Failed to pull image "${image}": ${why}` });
    tell({ type: 'Warning', reason: 'Failed', message: 'Error: ErrImagePull' });
    done({
      kind: 'lack',
      state: { kind: 'waiting', reason: 'ErrImagePull', message: why },
      backOff: {
        kind: 'waiting',
        reason: 'ImagePullBackOff',
        message: `Back-off pulling image "${image}": ErrImagePull: ${why}`,
      },
    });
  });
}

/** No image is really pulled; a size has to stand there. */
const IMAGE_BYTES = 2_007_750;

function notFound(image: string): string {
  return `rpc error: code = NotFound desc = failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`;
}

/** As Go writes a duration to the millisecond: `98ms`, `1.2s`. */
function durationText(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)}ms` : `${Math.round(ms) / 1_000}s`;
}
