// Manifests for tests: a small Job into which parts are put, and what parsing makes of a text.
import { stringify } from 'yaml';

import type { JobSpec } from '../../../domain/spec/job-spec';
import type { Note, ParsedDocument, ParseOptions } from '../../../formats/document';
import { parseDocument } from '../../../formats/parse-document';

type Fields = Readonly<Record<string, unknown>>;

export interface Parts {
  readonly metadata?: Fields;
  readonly job?: Fields;
  readonly pod?: Fields;
  readonly container?: Fields;
}

/** A Job that runs `a:1` with resources named, and the parts. */
export function jobWith({ metadata, job, pod, container }: Parts = {}): string {
  const limits = { cpu: 1, memory: '2G' };
  return stringify(
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'job', ...metadata },
      spec: {
        backoffLimit: 0,
        ...job,
        template: {
          spec: {
            restartPolicy: 'Never',
            containers: [{ name: 'program', image: 'a:1', resources: { limits }, ...container }],
            ...pod,
          },
        },
      },
    },
    { aliasDuplicateObjects: false },
  );
}

export function parse(text: string, options: Partial<ParseOptions> = {}): ParsedDocument {
  return parseDocument(text, { provisioningAtLeastS: 600, ...options });
}

/** What was taken; throws, telling the problems, when it was not. */
export function taken(
  text: string,
  options: Partial<ParseOptions> = {},
): { readonly spec: JobSpec; readonly notes: readonly Note[] } {
  const parsed = parse(text, options);
  if (parsed.ok) return parsed;
  throw new Error(`Not taken: ${JSON.stringify(parsed.problems)}`);
}

/** `pointer: message` of each problem; throws when there is none. */
export function problemsOf(text: string, options: Partial<ParseOptions> = {}): string[] {
  const parsed = parse(text, options);
  if (parsed.ok) throw new Error(`Taken: ${JSON.stringify(parsed.spec)}`);
  return parsed.problems.map(({ where, message }) => `${where.pointer ?? '?'}: ${message}`);
}

/** `kind last-part-of-the-pointer` of each note. */
export function notesOf(text: string): string[] {
  return taken(text).notes.map(({ kind, where }) => `${kind} ${where.pointer?.split('/').at(-1) ?? ''}`);
}
