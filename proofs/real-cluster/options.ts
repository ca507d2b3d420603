// What the command line of `npm run real-cluster` may say.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

export interface RealClusterOptions {
  /** A kubeconfig that the product follows; its user may make namespaces and roles. */
  readonly kubeconfig: string;
  /** With `sh`; runs on the nodes. Undefined: the nodes only play programs. */
  readonly image: string | undefined;
  /** Only tests whose names match this regular expression. */
  readonly only: string | undefined;
}

export const USAGE = `npm run real-cluster -- [--kubeconfig FILE] [--image IMAGE] [--only PATTERN]

Runs the contract suite of all backends on the cluster that a kubeconfig names, in namespaces of its own.

  --kubeconfig FILE  default: the file in KUBECONFIG, else ~/.kube/config
  --image IMAGE      an image with sh that the nodes can run, such as busybox:1.37; left out where kwok plays the nodes
  --only PATTERN     only tests whose names match
`;

/** Undefined where help is asked for. Throws an Error that says what is wrong with the words. */
export function readOptions(
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): RealClusterOptions | undefined {
  const { values } = parseArgs({
    args: [...words],
    options: {
      kubeconfig: { type: 'string' },
      image: { type: 'string' },
      only: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) return undefined;
  return {
    kubeconfig: values.kubeconfig ?? environment['KUBECONFIG'] ?? join(homedir(), '.kube', 'config'),
    image: values.image,
    only: values.only,
  };
}
