// What mends a refusal for want of a right: which right it was, and the commands that grant it. Pure.
import { rightInWords, RUNNER_RIGHTS } from './rights';

/** How an API server says it (recordings B05, B06 and B07); the user comes first, the namespace last. */
const FORBIDDEN =
  /User "([^"]*)" cannot (\S+) resource "([^"]+)" in API group "([^"]*)" in the namespace "([^"]+)"/;

/** A sentence after a space; empty for a text that is about none of the rights that a job's life takes. */
export function remedyOf(message: string): string {
  const [, user = '', verb, resource, group, namespace = ''] = FORBIDDEN.exec(message) ?? [];
  const right = RUNNER_RIGHTS.find(
    (one) => one.verb === verb && one.resource === resource && one.group === group,
  );
  if (right === undefined) return '';
  return ` The app lacks the right to ${rightInWords(right)} there: ${granting(namespace, user)}`;
}

/** The commands that grant the app all its rights in a namespace. `user`: as the server calls it; left out: a blank. */
export function granting(namespace: string, user = 'USER'): string {
  const [, account] = /^system:serviceaccount:(.+)$/.exec(user) ?? [];
  const subject = account === undefined ? `--user "${user}"` : `--serviceaccount ${account}`;
  return `"kubectl apply -n ${namespace} -f infra/kubernetes/runner.yaml" and "kubectl create rolebinding gpu-job-runner -n ${namespace} --role gpu-job-runner ${subject}" (docs/kubernetes.md, "Rights").`;
}
