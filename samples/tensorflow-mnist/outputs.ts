// Keeps files in the job's outputs, by either way in which a job is told where they are (docs/data.md).
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Writes or uploads the files into a folder of the outputs; resolves to false where the job has none. */
export async function keepOutputs(
  within: string,
  files: Readonly<Record<string, Uint8Array>>,
  environment: Environment,
): Promise<boolean> {
  const root = environment['GPU_JOBS_OUTPUT_DIR'];
  const address = environment['GPU_JOBS_OUTPUT_URL'];
  if (root === undefined && address === undefined) return false;
  for (const [name, bytes] of Object.entries(files)) {
    if (root !== undefined) await write(join(root, within, name), bytes);
    else await upload(address ?? '', `${within}/${name}`, bytes);
  }
  return true;
}

async function write(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
}

/** The address is a secret: no error quotes it. */
async function upload(address: string, name: string, bytes: Uint8Array): Promise<void> {
  const url = new URL(address);
  url.pathname += `/${name}`;
  const answer = await fetch(url, {
    method: 'PUT',
    headers: { 'x-ms-blob-type': 'BlockBlob' },
    body: Buffer.from(bytes),
  });
  if (!answer.ok) throw new Error(`The upload of ${name} was answered ${answer.status}.`);
}
