// gpujobs as a process: what only a process can show.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { compiled } from '../../standins/stack/repository-root';

test('a reader that goes away ends it with 141, and without a word', async () => {
  const child = spawn(process.execPath, [compiled('cli/main'), '--help'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.destroy();
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const [code] = (await once(child, 'close')) as [number];
  expect({ code, err }).toEqual({ code: 141, err: '' });
});
