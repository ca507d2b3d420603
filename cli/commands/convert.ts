// gpujobs convert: what a document says as a native spec, or as a Kubernetes manifest. Needs no deployment.
import { DEFAULT_TIMES } from '../../domain/attempt/protocol-times';
import { kubernetesManifest } from '../../formats/kubernetes/manifest';
import { yamlText } from '../../formats/source/yaml-text';
import type { Cli } from '../cli';
import { noteInWords } from '../show/note';
import { type DocumentFlags, parsedDocument } from '../spec/parsed-document';
import { readDocument } from '../spec/read-document';

export interface ConvertFlags extends DocumentFlags {
  readonly to: 'native' | 'json' | 'yaml' | 'k8s';
}

export async function convert(cli: Cli, file: string, { to, ...flags }: ConvertFlags): Promise<void> {
  const text = await readDocument(cli.host, file);
  const { spec, notes } = parsedDocument(file, text, flags, {
    provisioningAtLeastS: DEFAULT_TIMES.unknownFateS,
  });
  const manifest = to === 'k8s' ? kubernetesManifest(spec) : undefined;
  for (const note of [...notes, ...(manifest?.notes ?? [])]) cli.say(noteInWords(note));
  if (manifest !== undefined) cli.out(manifest.text.trimEnd());
  else if (to === 'yaml') cli.out(yamlText(spec).trimEnd());
  else cli.out(JSON.stringify(spec, undefined, 2));
}
