// Which connections of a server have no request, so that a close can drop them. Node tells of such only where the
// server itself listens, and not of those on which no request has come yet: a client may hold one in store.
import type { Server as HttpServer } from 'node:http';
import type { Socket } from 'node:net';

/** Keeps the connections of a server in `idle` while they have no request. */
export function keepIdle(
  server: HttpServer,
  event: 'connection' | 'secureConnection',
  idle: Set<Socket>,
): void {
  server.on(event, (socket: Socket) => {
    idle.add(socket);
    socket.once('close', () => idle.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    idle.delete(socket);
    response.once('close', () => {
      if (!socket.destroyed) idle.add(socket);
    });
  });
}
