// Says who holds a lock and whether it still lives. A holder listens on a port of its own and answers with a text that
// no other process knows.
import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';

import { z } from 'zod';

export const holderSchema = z.object({
  pid: z.number().int().positive(),
  /** What the process is, for a person: `npm start`. */
  what: z.string(),
  since: z.iso.datetime(),
  port: z.number().int().positive(),
  nonce: z.string().min(1),
});
export type Holder = z.infer<typeof holderSchema>;

/** How long to wait for an answer, milliseconds. Loopback answers in a millisecond; a busy machine takes longer. */
const ANSWER_WITHIN_MS = 2_000;

/**
 * Makes this process send `nonce` to every process that connects, until the server is closed or the process is gone,
 * however it ends.
 */
export async function tellNonce(nonce: string): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined); // The other side may go before it has been answered.
    socket.end(nonce);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  server.unref();
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no TCP address.');
  return { server, port: address.port };
}

/**
 * Whether the holder lives. Its process id alone does not tell, because another process may have it by now. Its port
 * alone does not either: if nothing answers there, a process with that id counts as the holder, stopped or busy.
 */
export async function isAlive(holder: Holder): Promise<boolean> {
  const answer = await answerOf(holder.port);
  if (answer === undefined) return processExists(holder.pid);
  return answer === holder.nonce;
}

/** What is sent on that port; empty if nothing listens, undefined if that can't be known. */
function answerOf(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    let told = '';
    const socket = connect({ port, host: '127.0.0.1' });
    const end = (answer: string | undefined): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => end(undefined), ANSWER_WITHIN_MS);
    socket.on('data', (chunk) => {
      told += chunk.toString('utf8');
      if (told.length > 1_000) end(told);
    });
    socket.once('end', () => end(told));
    socket.once('error', (error) => {
      end(hasCode(error, 'ECONNREFUSED') ? '' : undefined);
    });
  });
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not permitted: the process exists and is another user's.
    return hasCode(error, 'EPERM');
  }
}

/** Whether the system gives this code for a failed call. An error of another realm counts too. */
export function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
