// Preloaded into the stack's processes. It ends the process when its starter is gone, however that one ended. The
// parent holds the other end of standard input and never writes to it; the kernel closes it with the parent.
import { Socket } from 'node:net';

/** The time for a graceful end, milliseconds. A process that has not ended by then is killed. */
const GRACE_MS = 3000;

const { stdin } = process;
stdin.once('error', parentIsGone);
stdin.once('close', parentIsGone);
stdin.resume();
// A process that has nothing left to do may end by itself. A pipe is a socket to Node; anything else keeps no process
// alive.
if (stdin instanceof Socket) stdin.unref();

function parentIsGone(): void {
  setTimeout(() => process.exit(1), GRACE_MS);
  process.kill(process.pid, 'SIGTERM');
}
