// The one Job or Pod in a stream of Kubernetes objects; what else stands there has no effect.
import type { Where } from '../document';
import type { DocumentStream } from '../format-parser';
import { isMapping, Reader } from '../reader';
import type { Report } from '../report';
import type { SourceDocument } from '../source';
import { shown } from './shown';

/** A Job or a Pod, and the document it stands in. */
export interface FoundJob {
  readonly kind: 'Job' | 'Pod';
  readonly object: Reader;
  readonly index: number;
}

interface Found {
  readonly object: Reader;
  readonly index: number;
  readonly where: Where;
}

const API_VERSIONS = { Job: 'batch/v1', Pod: 'v1' } as const;

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
  for (const { object } of objects.filter((other) => !jobs.includes(other)))
    object.ignored(`is a ${kindOf(object)}, which has no effect: only the Job or Pod is taken`);
  const kind = jobKind(job.object);
  if (more.length > 0 || kind === undefined) return undefined;
  const version = job.object.at('apiVersion');
  if (version.value !== API_VERSIONS[kind])
    version.problem(`is ${JSON.stringify(version.value)}, must be ${API_VERSIONS[kind]} for a ${kind}`);
  return { kind, object: job.object, index: job.index };
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
  const kind = object.at('kind').value;
  return kind === 'Job' || kind === 'Pod' ? kind : undefined;
}

function reportNoJob(objects: readonly Found[], stream: Reader): void {
  const kinds = [...new Set(objects.map(({ object }) => kindOf(object)))];
  const hint = kinds.includes('CronJob')
    ? '; make a schedule of a CronJob: PUT /api/schedules/NAME with its schedule and, as the spec, its jobTemplate as a Job'
    : '';
  const [first] = objects;
  if (first === undefined) stream.problem('holds no Kubernetes object');
  else first.object.problem(`is no Job or Pod: here is only ${kinds.join(', ')}${hint}`);
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
