// The one Job or Pod in a stream of Kubernetes objects; what else stands there has no effect.
import type { Where } from '../document';
import type { DocumentStream } from '../format-parser';
import { isMapping, Reader } from '../reader';
import type { Report } from '../report';
import type { SourceDocument } from '../source/source-document';
import { groupOf, refusalOfOther } from './other-kinds';
import { shown } from './shown';

/** A Job or a Pod, and the document it stands in. */
export interface FoundJob {
  readonly kind: 'Job' | 'Pod';
  readonly object: Reader;
  readonly index: number;
  /** What else stands in the stream that its variables may be read from, by name. */
  readonly configMaps: ReadonlyMap<string, Reader>;
}

interface Found {
  readonly object: Reader;
  readonly index: number;
  readonly where: Where;
}

const API_VERSIONS = { Job: 'batch/v1', Pod: 'v1' } as const;

/** Groups whose Job is Kubernetes' own, whatever its version: others have Jobs of another make. */
const OWN_GROUPS: readonly string[] = ['batch', 'extensions', ''];

/** Whether the document is a Kubernetes object. */
export function isKubernetesObject({ value }: SourceDocument): boolean {
  return isMapping(value) && typeof value['kind'] === 'string' && typeof value['apiVersion'] === 'string';
}

/** Undefined, and reported, when there is none, or more than one. */
export function findJob({ documents, reports }: DocumentStream): FoundJob | undefined {
  const objects = documents.flatMap((document, index) => objectsOf(document, index, reports[index]));
  const jobs = objects.filter(({ object }) => jobKind(object) !== undefined);
  const [job, ...more] = jobs;
  if (job === undefined) {
    reportNoJob(objects, new Reader(undefined, '', orFail(reports[0])));
    return undefined;
  }
  for (const other of more)
    other.object.problem(
      `is one job too many: here are ${jobs.map(nameOf).join(', ')}; submit each by itself`,
    );
  const others = objects.filter((other) => !jobs.includes(other));
  const configMaps = new Map<string, Reader>();
  for (const { object } of others) {
    const name = shown(object.at('metadata').at('name').value);
    if (object.at('kind').value === 'ConfigMap' && name !== undefined) {
      configMaps.set(name, object);
      object.ignored('is a ConfigMap, which has no effect but for the variables that the job reads from it');
    } else object.ignored(`is a ${kindOf(object)}, which has no effect: only the Job or Pod is taken`);
  }
  const kind = jobKind(job.object);
  if (more.length > 0 || kind === undefined) return undefined;
  const version = job.object.at('apiVersion');
  if (version.value !== API_VERSIONS[kind])
    version.problem(`is ${JSON.stringify(version.value)}, must be ${API_VERSIONS[kind]} for a ${kind}`);
  return { kind, object: job.object, index: job.index, configMaps };
}

/** The objects of a document: itself, or the items of the List that it is. Empty documents have none. */
function objectsOf(document: SourceDocument, index: number, report: Report | undefined): Found[] {
  if (document.value === undefined || document.value === null) return [];
  const root = new Reader(document.value, '', orFail(report));
  if (!isKubernetesObject(document)) {
    root.problem('is no Kubernetes object: it must be a mapping with apiVersion and kind');
    return [];
  }
  const objects = root.at('kind').value === 'List' ? root.at('items').items() : [root];
  return objects.map((object) => ({ object, index, where: document.locate(object.pointer) }));
}

function jobKind(object: Reader): FoundJob['kind'] | undefined {
  const [kind, apiVersion] = [object.at('kind').value, object.at('apiVersion').value];
  if (kind === 'Pod') return kind;
  return kind === 'Job' && OWN_GROUPS.includes(groupOf(String(apiVersion))) ? kind : undefined;
}

function reportNoJob(objects: readonly Found[], stream: Reader): void {
  const [first] = objects;
  if (first === undefined) {
    stream.problem('holds no Kubernetes object');
    return;
  }
  const others = objects.flatMap(({ object }) => {
    const why = refusalOfOther(object);
    return why === undefined ? [] : [{ object, why }];
  });
  for (const { object, why } of others) object.problem(why);
  if (others.length > 0) return;
  const kinds = [...new Set(objects.map(({ object }) => kindOf(object)))];
  first.object.problem(`is no Job or Pod: here is only ${kinds.join(', ')}`);
}

function kindOf(object: Reader): string {
  return shown(object.at('kind').value) ?? 'object';
}

function nameOf({ object, where }: Found): string {
  const metadata = object.at('metadata');
  const name = shown(metadata.at('name').value) ?? shown(metadata.at('generateName').value) ?? 'without name';
  return `${kindOf(object)} ${name}${where.line === undefined ? '' : ` (line ${where.line})`}`;
}

/** Each document has a report: so says DocumentStream. */
function orFail(report: Report | undefined): Report {
  if (report !== undefined) return report;
  throw new TypeError('A document of the stream has no report.');
}
