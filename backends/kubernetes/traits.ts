// How Kubernetes differs from other kinds of compute; each trait with its source in docs/backends.md.
import type { Traits } from '../../domain/backend/traits';

export const KUBERNETES_TRAITS: Traits = {
  repeatedCreate: 'refused', // docs/facts/kubernetes.md#names
  /** Assumed: longer than the API server holds a request, and any proxy before it. */
  fateKnownAfterS: 600,
  args: 'appends', // docs/facts/kubernetes.md#command-and-args
  workingDir: true,
  scratch: { memory: true, sized: true }, // docs/facts/kubernetes.md#volumes
  subPath: true,
  volumeKeys: false,
  /** From the moment a node has the pod until its program ends. What is paid for is the node: this is a share of it. */
  bills: { from: 'pulling', until: 'ended', of: 'node' },
  logs: 'position', // docs/facts/kubernetes.md#logs
  /**
   * A look reads the Job and its pods, and its pods and the log. The API server takes 400 reads at once and
   * tells no count of what is left (docs/facts/kubernetes.md#requests). Others use it too, so we plan for 20 a second.
   */
  requests: { perLook: 4, perS: 20 },
  removals: [],
  creates: [],
};
