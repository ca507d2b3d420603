// One bash of its own that runs command lines one after the other, so that variables live on between them.
import { type ChildProcess, spawn } from 'node:child_process';

export interface Shell {
  /** Both outputs as a person would see them, and the exit code. */
  run(line: string): Promise<{ readonly output: string; readonly exitCode: number }>;
  stop(): Promise<void>;
}

/** Marks the end of each command's output. No program prints it. */
const END = '\u001e';

export function startShell(cwd: string, env: NodeJS.ProcessEnv): Shell {
  const bash = spawn('bash', ['--noprofile', '--norc'], { cwd, env, stdio: ['pipe', 'pipe', 'inherit'] });
  let output = '';
  let look: (() => void) | undefined;
  bash.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    look?.();
  });
  const ended = endOf(bash);
  return {
    run: async (line) => {
      output = '';
      bash.stdin.write(`{ ${line}\n} 2>&1 < /dev/null; printf '${END}%s${END}' $?\n`);
      await Promise.race([
        new Promise<void>((resolve) => {
          look = () => {
            if (output.endsWith(END)) resolve();
          };
        }),
        ended.then(() => Promise.reject(new Error(`bash ended while it ran: ${line}\n${output}`))),
      ]);
      const [text = '', code = ''] = output.split(END);
      return { output: text, exitCode: Number(code) };
    },
    stop: async () => {
      bash.stdin.end('exit\n');
      await ended;
    },
  };
}

function endOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.once('close', () => resolve()));
}
