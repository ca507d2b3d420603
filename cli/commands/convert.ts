// gpujobs convert: what a document says as a native spec, or as a Kubernetes manifest. Needs no deployment.
import { DEFAULT_TIMES } from '../../domain/protocol-times';
import type { DocumentProblem, Format } from '../../formats/document';
import { kubernetesManifest } from '../../formats/kubernetes/manifest';
import { parseDocument } from '../../formats/parse-document';
import { yamlText } from '../../formats/yaml-text';
import type { Cli } from '../cli';
import { CliError } from '../cli-error';
import { EXIT } from '../exit-codes';
import { noteInWords, placeInWords } from '../show/note';
import { type ArmParameters, parametersOf } from '../spec/arm-deployment';
import { readDocument } from '../spec/read-document';

export interface DocumentFlags extends ArmParameters {
  readonly format?: Format;
  readonly location?: string;
  readonly restartPolicy?: 'OnFailure' | 'Never';
}

export interface ConvertFlags extends DocumentFlags {
  readonly to: 'native' | 'json' | 'yaml' | 'k8s';
}

export async function convert(cli: Cli, file: string, { to, ...flags }: ConvertFlags): Promise<void> {
  const { spec, notes } = parsed(file, await readDocument(cli.host, file), flags);
  const manifest = to === 'k8s' ? kubernetesManifest(spec) : undefined;
  for (const note of [...notes, ...(manifest?.notes ?? [])]) cli.say(noteInWords(note));
  if (manifest !== undefined) cli.out(manifest.text.trimEnd());
  else if (to === 'yaml') cli.out(yamlText(spec).trimEnd());
  else cli.out(JSON.stringify(spec, undefined, 2));
}

/** The document as a spec; a CliError that names each place where it can't be one. */
export function parsed(
  file: string,
  text: string,
  { parameters, ...options }: DocumentFlags,
): Extract<ReturnType<typeof parseDocument>, { ok: true }> {
  const document = parseDocument(text, {
    ...options,
    parameters: parameters === undefined ? undefined : parametersOf(parameters),
    provisioningAtLeastS: DEFAULT_TIMES.unknownFateS,
  });
  if (document.ok) return document;
  const as = document.format === undefined ? '' : ` as ${document.format}`;
  const lines = document.problems.map((problem) => `  ${problemInWords(problem)}`);
  throw new CliError([`"${file}" can't be taken${as}:`, ...lines].join('\n'), EXIT.refused);
}

function problemInWords({ where, message }: DocumentProblem): string {
  const place = placeInWords(where);
  return place === '' ? message : `${place}: ${message}`;
}
