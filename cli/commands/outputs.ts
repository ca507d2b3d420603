// gpujobs outputs: what an attempt left, as a list or as files of this machine.
import type { OutputView } from '../../api/outputs';
import type { Cli } from '../cli';
import { EXIT, type ExitCode } from '../exit-codes';
import { allOutputs } from '../outputs/all-outputs';
import { downloadOutputs } from '../outputs/download-outputs';
import { outputsInWords } from '../outputs/outputs-in-words';
import { table } from '../show/table';
import { safeLines } from '../show/terminal-safe';
import { bytesInWords } from '../show/words';
import { jobToRead } from '../spec/job-reference';

export interface OutputsFlags {
  readonly attempt?: number;
  readonly late?: true;
  readonly download?: string;
}

export async function outputs(cli: Cli, typed: string, flags: OutputsFlags): Promise<ExitCode> {
  const client = await cli.client();
  const id = await jobToRead(cli, client, typed);
  const found = await allOutputs(client, id, flags);
  if (flags.download !== undefined) return downloadOutputs(cli, client, found, flags.download);
  if (cli.json) {
    cli.printJson(found);
    return EXIT.ok;
  }
  const heading = flags.late === true ? ['PATH', 'SIZE', 'MODIFIED', 'LATE'] : ['PATH', 'SIZE', 'MODIFIED'];
  if (found.outputs.length > 0) for (const line of table(heading, found.outputs.map(rowOf))) cli.out(line);
  cli.say(outputsInWords(found, flags.late === true));
  return EXIT.ok;
}

function rowOf({ path, bytes, modifiedAt, late }: OutputView): string[] {
  const row = [safeLines(path), bytesInWords(bytes), modifiedAt ?? '-'];
  return late === undefined ? row : [...row, late];
}
