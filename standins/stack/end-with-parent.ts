// Preloaded into the stack's processes: ends the process when the one that started it is gone, however that one died.
// The parent holds the other end of standard input and never writes to it; the kernel closes it with the parent.
import { Socket } from 'node:net';

/** Time for a graceful end, milliseconds; a process that has none by then is ended hard. */
const GRACE_MS = 3000;

const { stdin } = process;
stdin.once('error', parentIsGone);
stdin.once('close', parentIsGone);
stdin.resume();
// A process that has nothing left to do may end by itself. A pipe is a socket to Node; anything else keeps nothing
// alive.
if (stdin instanceof Socket) stdin.unref();

function parentIsGone(): void {
  setTimeout(() => process.exit(1), GRACE_MS);
  process.kill(process.pid, 'SIGTERM');
}
