// A document that the command line names, read here into a spec that the options have changed.
import type { DocumentProblem, Format, ParsedDocument } from '../../formats/document';
import { parseDocument } from '../../formats/parse-document';
import { readSource } from '../../formats/source/source';
import { CliError } from '../cli-error';
import { EXIT } from '../exit-codes';
import { placeInWords } from '../show/note';
import { type ArmParameters, parametersOf } from './arm-deployment';
import { type GivenOverrides, optionFor } from './overrides-from-options';

export interface DocumentFlags extends ArmParameters {
  readonly format?: Format;
  readonly location?: string;
  readonly restartPolicy?: 'OnFailure' | 'Never';
}

export type TakenDocument = Extract<ParsedDocument, { ok: true }>;

interface Beside {
  readonly given?: GivenOverrides;
  /** The least provisioning deadline, seconds; 0 leaves it to the deployment to check. */
  readonly provisioningAtLeastS: number;
}

/** @throws CliError that names each place where it can't be a spec. */
export function parsedDocument(
  file: string,
  text: string,
  { format, location, restartPolicy, parameters }: DocumentFlags,
  { given, provisioningAtLeastS }: Beside,
): TakenDocument {
  const document = parseDocument(text, {
    format,
    location,
    restartPolicy,
    parameters: parameters === undefined ? undefined : parametersOf(parameters, valueIn(text)),
    overrides: given?.overrides,
    provisioningAtLeastS,
  });
  if (!document.ok) {
    const as = document.format === undefined ? '' : ` as ${document.format}`;
    const lines = document.problems.map((problem) => `  ${problemInWords(problem, given)}`);
    throw new CliError([`"${file}" can't be taken${as}:`, ...lines].join('\n'), EXIT.refused);
  }
  if (parameters !== undefined && document.format !== 'arm-template')
    throw new CliError(
      `--parameters gives values to the parameters of an ARM template, and "${file}" is ${document.format}, which has none.`,
      EXIT.usage,
    );
  return document;
}

/** What the document says, as far as it can be read: what is wrong with it is told by its parser. */
function valueIn(text: string): unknown {
  const source = readSource(text);
  return source.ok ? source.documents[0].value : undefined;
}

/** Told with the option where one said it, else with the place in the document. */
function problemInWords({ where, message }: DocumentProblem, given: GivenOverrides | undefined): string {
  const isInDocument = where.line !== undefined || given === undefined;
  const option = isInDocument ? undefined : optionFor(given.options, where.pointer);
  const place = [option, placeInWords(where)].filter((part) => part !== undefined && part !== '').join(' ');
  return place === '' ? message : `${place}: ${message}`;
}
