// One port for plain HTTP and for TLS: the first byte of a connection tells which it is.
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer, type Server, type Socket } from 'node:net';

import { keepIdle } from './idle-connections';

/** Every TLS connection begins with a record of type handshake (RFC 8446, 5.1); no HTTP method begins so. */
const TLS_HANDSHAKE = 22;

export interface TwoSchemes {
  readonly server: Server;
  /** Drops each connection on which no request is being answered. */
  closeIdleConnections(): void;
}

/** `listeners`: one for each scheme, so that each knows its own. Both of `tls` are in PEM. */
export function createTwoSchemes(
  tls: { readonly cert: string; readonly key: string },
  listeners: { readonly http: RequestListener; readonly https: RequestListener },
): TwoSchemes {
  const plain = createHttpServer(listeners.http);
  const secure = createTlsServer({ cert: tls.cert, key: tls.key }, listeners.https);
  const idle = new Set<Socket>();
  keepIdle(plain, 'connection', idle);
  keepIdle(secure, 'secureConnection', idle);
  const server = createServer((socket) => {
    idle.add(socket);
    const decided = (): void => void idle.delete(socket);
    socket.once('close', decided);
    socket.on('error', decided); // The client went away, at any time. Whatever serves it then hears of it as well.
    const decide = (): void => {
      const first = firstByte(socket);
      if (first === undefined) {
        socket.once('readable', decide);
        return;
      }
      decided();
      (first === TLS_HANDSHAKE ? secure : plain).emit('connection', socket);
    };
    decide();
  });
  return {
    server,
    closeIdleConnections: () => {
      for (const socket of idle) socket.destroy();
    },
  };
}

/** The first byte that waits to be read, which stays there; undefined where none is there yet. */
function firstByte(socket: Socket): number | undefined {
  const bytes: unknown = socket.read(1);
  if (!Buffer.isBuffer(bytes)) return undefined;
  socket.unshift(bytes);
  return bytes[0];
}
