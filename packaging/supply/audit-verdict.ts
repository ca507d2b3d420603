// What an answer of `npm audit` means: known vulnerabilities, none, or no answer at all.
import { z } from 'zod';

import type { NpmAnswer } from './npm';

/** Why a package is in the report: an advisory, or the name of a package that it needs. */
const cause = z.union([z.string(), z.object({ title: z.string(), url: z.string() })]);

const report = z.object({
  auditReportVersion: z.number(),
  vulnerabilities: z.record(
    z.string(),
    z.object({ name: z.string(), severity: z.string(), via: z.array(cause) }),
  ),
});

const failure = z.object({
  message: z.string().optional(),
  error: z.object({ summary: z.string() }).optional(),
});

export type AuditVerdict =
  | { readonly kind: 'none known' }
  | { readonly kind: 'vulnerable'; readonly packages: readonly string[] }
  | { readonly kind: 'no answer'; readonly why: string };

/** Of `npm audit --json`. Whatever is no report is no answer: silence is not taken for health. */
export function auditVerdict({ exitCode, stdout, stderr }: NpmAnswer): AuditVerdict {
  const answer = jsonOf(stdout);
  const read = report.safeParse(answer);
  if (!read.success) {
    const { message, error } = failure.catch({}).parse(answer);
    const said = [message, error?.summary, stderr.trim(), `exit code ${exitCode}`];
    return { kind: 'no answer', why: said.find((words) => words !== undefined && words !== '') ?? '' };
  }
  const packages = Object.values(read.data.vulnerabilities).map(
    ({ name, severity, via }) => `${name}: ${severity}, ${via.map(inWords).join('; ')}`,
  );
  return packages.length === 0 ? { kind: 'none known' } : { kind: 'vulnerable', packages: packages.sort() };
}

function inWords(via: z.infer<typeof cause>): string {
  return typeof via === 'string' ? `by ${via}` : `${via.title} (${via.url})`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // No report, which the caller tells with what npm said.
  }
}
