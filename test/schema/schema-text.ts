// The published schema's text, formatted as the repository's files are.
import { format, resolveConfig } from 'prettier';

import { editorSchema } from '../../formats/editor-schema';

export async function schemaText(): Promise<string> {
  const config = await resolveConfig(__filename);
  return format(JSON.stringify(editorSchema()), { ...config, parser: 'json' });
}
