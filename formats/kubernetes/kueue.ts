// What Kueue would do with a Job or a Pod: here the runner's own admission does it.
import type { Reader } from '../reader';

const QUEUE = 'kueue.x-k8s.io/queue-name';
const GROUP_SIZE = 'kueue.x-k8s.io/pod-group-total-count';
const GATE = 'kueue.x-k8s.io/admission';

const ADMITTED_HERE =
  "is Kueue's to lift when it admits the job; here the runner's own admission takes its place: the job starts as soon as a placement has room";

/**
 * A Job that waits to be resumed: by Kueue, which is replaced here; or by a person, who must submit it at that time.
 */
export function checkSuspend(suspend: Reader, labels: Reader): void {
  if (!suspend.present || suspend.boolean() !== true) return;
  if (labels.at(QUEUE).present) suspend.translated(ADMITTED_HERE);
  else
    suspend.problem(
      `is refused: a job that is submitted is to run, and nobody resumes it here; leave it out, or submit the job when it may run (with the label ${QUEUE} it would count as Kueue's)`,
    );
}

/** Gates that keep a Pod from being scheduled. Kueue's own is replaced; a person must lift any other. */
export function checkGates(gates: Reader): void {
  if (!gates.present) return;
  for (const gate of gates.items())
    if (gate.at('name').value === GATE) gate.translated(ADMITTED_HERE);
    else
      gate.problem(
        'is refused: a job that is submitted is to run, and nobody lifts its gates; submit it when it may',
      );
}

/** Pods that Kueue starts together. */
export function checkPodGroup(annotations: Reader): void {
  const size = annotations.at(GROUP_SIZE);
  if (!size.present || String(size.value) === '1') return;
  size.problem(
    'is refused: a job is one container, so pods that must start together are not run; leave it out where each can run by itself',
  );
}
