// A log, or a file of outputs, as a file, piece by piece: into the file itself where the browser can, else through its
// memory up to a limit.
/** Reads from a byte on, as much as one answer brings; `isFinal`: nothing follows. */
export type ReadBytes = (wanted: {
  readonly from: number;
}) => Promise<{ readonly bytes: Uint8Array; readonly isFinal: boolean }>;

/** More than this a browser is not asked to hold, bytes. */
export const MOST_IN_MEMORY = 200 * 1024 * 1024;

interface FileTarget {
  createWritable(): Promise<{
    write(bytes: Uint8Array): Promise<void>;
    close(): Promise<void>;
    abort(): Promise<void>;
  }>;
}
type AskForFile = (options: { suggestedName: string }) => Promise<FileTarget>;

/** Resolves to false where it is longer than the browser can take; then the file holds its beginning. */
export async function download(
  read: ReadBytes,
  name: string,
  onProgress: (bytes: number) => void,
): Promise<boolean> {
  const ask = (globalThis as { showSaveFilePicker?: AskForFile }).showSaveFilePicker;
  return ask === undefined
    ? throughMemory(read, name, onProgress)
    : intoFile(await ask({ suggestedName: name }), read, onProgress);
}

async function intoFile(
  target: FileTarget,
  read: ReadBytes,
  onProgress: (bytes: number) => void,
): Promise<boolean> {
  const file = await target.createWritable();
  try {
    for await (const bytes of piecesOf(read)) {
      await file.write(bytes.piece);
      onProgress(bytes.to);
    }
  } catch (error) {
    await file.abort();
    throw error;
  }
  await file.close();
  return true;
}

async function throughMemory(
  read: ReadBytes,
  name: string,
  onProgress: (bytes: number) => void,
): Promise<boolean> {
  const pieces: BlobPart[] = [];
  let isWhole = true;
  for await (const { piece, to } of piecesOf(read)) {
    if (to > MOST_IN_MEMORY) {
      isWhole = false;
      break;
    }
    pieces.push(new Uint8Array(piece));
    onProgress(to);
  }
  const address = URL.createObjectURL(new Blob(pieces, { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
  return isWhole;
}

/** What is archived now; a log that goes on growing is not waited for. */
async function* piecesOf(
  read: ReadBytes,
): AsyncGenerator<{ readonly piece: Uint8Array; readonly to: number }, void> {
  for (let from = 0; ;) {
    const { bytes, isFinal } = await read({ from });
    from += bytes.length;
    if (bytes.length > 0) yield { piece: bytes, to: from };
    if (isFinal || bytes.length === 0) return;
  }
}
