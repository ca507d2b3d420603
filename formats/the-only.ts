// For the formats that have one document a file.
import type { DocumentStream } from './format-parser';
import type { SourceDocument } from './source/source-document';

/** The stream's only document; undefined, and reported, when there are several. `what` one is, with its article. */
export function theOnly({ documents, reports }: DocumentStream, what: string): SourceDocument | undefined {
  const others = reports.slice(1);
  for (const report of others)
    report.problem('', `is a further document; ${what} stands alone in its file, submit each by itself`);
  return others.length === 0 ? documents[0] : undefined;
}
