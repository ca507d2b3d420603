// What each format's parser is: recognises its documents and drafts the native spec. `parsers.ts` lists them.
import type { Format, ParseOptions } from './document';
import type { Report } from './report';
import type { OldReader } from './source/old-yaml';
import type { SourceDocument } from './source/source-document';

/** A spec as drafted from another format; it is validated as any native one afterwards. */
export interface DraftSpec {
  readonly value: unknown;
  /**
   * Where a part of the draft came from: its pointer in the spec -> its pointer in the document. The longest prefix
   * counts. `same`: the document is the draft.
   */
  readonly origins: ReadonlyMap<string, string> | 'same';
}

export interface FormatParser {
  readonly format: Format;
  /** Whether its JSON may have what Resource Manager's has besides: comments, and line breaks within texts. */
  readonly takesLiberties?: true;
  /**
   * The tool that its documents are written for, where that reads YAML 1.1: what it would read otherwise is refused.
   */
  readonly readBy?: OldReader;
  /** Whether the stream looks like this format; cheap, never throws. */
  readonly recognises: (documents: readonly SourceDocument[]) => boolean;
  /**
   * The draft, or undefined when there is none: then the report says why. Never throws for any content.
   * `reports[i]` takes what is to be said about `documents[i]`; there is at least one document.
   */
  readonly draft: (stream: DocumentStream, options: ParseOptions) => DraftedDocument | undefined;
}

export interface DocumentStream {
  readonly documents: readonly SourceDocument[];
  readonly reports: readonly Report[];
}

/** Which document of the stream the job came from, and its draft. */
export interface DraftedDocument {
  readonly index: number;
  readonly draft: DraftSpec;
}
