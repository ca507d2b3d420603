// Reads the annotation by which a manifest says what Kubernetes has no words for, such as the SKU of its GPU.
import type { Draft } from '../draft';
import { isMapping, type Reader } from '../reader';

/** What may stand in it. The count of GPUs, which the manifest says itself, may not. */
const FIELDS = [
  'gpu',
  'registry',
  'deadlines',
  'retry',
  'outputs',
  'checkpoints',
  'placements',
  'concurrencyKey',
  'idempotencyKey',
  'labels',
  'name',
];

/** What an annotation says of a spec. */
export type SaidSpec = Readonly<Record<string, unknown>>;

/** Empty where there is none, or it was reported as none. */
export function saidBy(annotation: Reader): SaidSpec {
  return (annotation.present ? parsed(annotation) : undefined) ?? {};
}

/** Whether the runner's own running deadline is told: those of Job and pod, which are longer, then don't count. */
export function tellsRunningDeadline({ deadlines }: SaidSpec): boolean {
  return isMapping(deadlines) && Object.hasOwn(deadlines, 'running');
}

/** Adds what the annotation says to a draft that has everything else already. */
export function draftAnnotation(said: SaidSpec, annotation: Reader, draft: Draft): void {
  for (const [field, value] of Object.entries(said)) {
    if (FIELDS.includes(field)) addField(field, value, annotation, draft);
    else
      annotation.problem(
        `has the field ${JSON.stringify(field).slice(0, 80)}; it may have those that a manifest can't say: ${FIELDS.join(', ')}`,
      );
  }
}

function addField(field: string, value: unknown, annotation: Reader, draft: Draft): void {
  const present = draft.get(field);
  if (!isMapping(value) || !isMapping(present)) {
    if (field === 'gpu') annotation.problem('names a GPU, but the container has no GPU limit');
    else draft.set(field, value, annotation);
    return;
  }
  for (const key of Object.keys(value).filter((key) => Object.hasOwn(present, key)))
    annotation.problem(`has ${field}.${key}, which the manifest itself says; leave it out here`);
  draft.merge(field, value, annotation);
}

function parsed(annotation: Reader): Readonly<Record<string, unknown>> | undefined {
  const text = annotation.text();
  const value = text === undefined ? undefined : json(text);
  if (isMapping(value)) return value;
  if (text !== undefined)
    annotation.problem('must be a JSON object in a text, such as {"gpu":{"sku":"V100"}}');
  return undefined;
}

/** The value; undefined for what is no JSON, or has a name that no field may have. */
function json(text: string): unknown {
  try {
    return JSON.parse(text, (name, value: unknown) => {
      if (name === '__proto__') throw new SyntaxError('No field may have this name.');
      return value;
    });
  } catch {
    return undefined;
  }
}
