// What can go wrong in the cluster on demand, by name.
import { z } from 'zod';

const node = z.string().min(1);
const forMs = z.number().int().min(0);

/** The body of `POST /emulator/faults`. Times in milliseconds. */
export const faultSchema = z.discriminatedUnion('kind', [
  /** The API server answers nobody for so long; what is open ends. */
  z.strictObject({ kind: z.literal('api-down'), forMs }),
  /** The next requests are answered 429, as by a server that has too many in flight. */
  z.strictObject({ kind: z.literal('too-many-requests'), count: z.number().int().min(1) }),
  /** An admission webhook refuses new Jobs with these words, until they are empty. */
  z.strictObject({ kind: z.literal('deny-jobs'), message: z.string() }),
  /** A ValidatingAdmissionPolicy refuses new Jobs with these words, until they are empty. */
  z.strictObject({
    kind: z.literal('policy-denies'),
    policy: z.string().min(1).default('gpu-jobs'),
    binding: z.string().min(1).default('gpu-jobs'),
    message: z.string(),
  }),
  /** The webhook for new Jobs can't be reached, or can be again. */
  z.strictObject({ kind: z.literal('webhook-down'), down: z.boolean() }),
  /**
   * etcd does not answer, or does again: reads break off and writes are answered 504 at their `timeout`. With
   * `keepsWrites` such a write is carried out in the end, which its client can't know.
   */
  z.strictObject({
    kind: z.literal('storage-hangs'),
    on: z.boolean(),
    keepsWrites: z.boolean().default(false),
  }),
  /** The kubelet evicts a pod for the node's sake. */
  z.strictObject({
    kind: z.literal('evict'),
    namespace: z.string().min(1),
    pod: z.string().min(1),
    message: z.string().min(1).default('The node was low on resource: memory. '),
  }),
  /** A kubelet falls silent for so long; its programs go on. */
  z.strictObject({ kind: z.literal('kubelet-down'), node, forMs }),
  /** A machine is gone with all that runs on it; its node object stays. */
  z.strictObject({ kind: z.literal('lose-node'), node }),
  /** The machine and its node object are gone. */
  z.strictObject({ kind: z.literal('remove-node'), node }),
  /** A Spot node is to go: its pods are evicted, after `afterMs` the machine is gone, then its node object. */
  z.strictObject({ kind: z.literal('spot-notice'), node, afterMs: forMs.default(30_000) }),
  /** Pulls take so many times as long, on that node or everywhere. */
  z.strictObject({ kind: z.literal('slow-pulls'), factor: z.number().min(0), node: node.optional() }),
  /** No pool gets a new node, or does again. */
  z.strictObject({ kind: z.literal('no-nodes'), on: z.boolean() }),
]);
export type Fault = z.infer<typeof faultSchema>;
