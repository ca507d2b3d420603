// Preloaded into the stack's processes: ends the process when the one that started it is gone, however that one died.
// The parent holds the other end of standard input and never writes to it; the kernel closes it with the parent.
import { Socket } from 'node:net';

/** Time for a graceful end, milliseconds; a process that has none by then is ended hard. */
const GRACE_MS = 3000;

const line = new Socket({ fd: 0, readable: true, writable: false });
line.on('error', parentIsGone);
line.on('close', parentIsGone);
line.resume();
line.unref(); // A process that has nothing left to do may end by itself.

function parentIsGone(): void {
  setTimeout(() => process.exit(1), GRACE_MS);
  process.kill(process.pid, 'SIGTERM');
}
