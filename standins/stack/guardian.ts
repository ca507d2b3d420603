// Runs a program that knows nothing of the stack in a process group of its own, and ends the whole group when it is
// told to end itself. Usage: node guardian.js FILE [ARGUMENT]...
import { spawn } from 'node:child_process';

/** From SIGINT to SIGKILL, milliseconds. */
const GRACE_MS = 5000;

const [file, ...args] = process.argv.slice(2);
if (file === undefined) throw new Error('Usage: node guardian.js FILE [ARGUMENT]...');

// Set before the program is started: a signal without a handler would end this process and leave the program running.
process.once('exit', () => signalGroup('SIGKILL'));
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    signalGroup('SIGINT'); // Ctrl-C sends it, which is how Core Tools are usually ended.
    setTimeout(() => process.exit(1), GRACE_MS);
  });
}

const program = spawn(file, args, { detached: true, stdio: ['ignore', 'inherit', 'inherit'] });
program.once('error', (error) => {
  process.stderr.write(`${file} could not be started: ${error.message}\n`);
  process.exit(127);
});
program.once('exit', (code) => process.exit(code ?? 1));

function signalGroup(signal: NodeJS.Signals): void {
  if (program.pid === undefined) return;
  try {
    process.kill(-program.pid, signal);
  } catch (error) {
    // The group is empty already, which is what the signal was for.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
