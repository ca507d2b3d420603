// What a request to an API server needs besides itself: where the server is, how to know it, and who asks.

export interface ClusterAccess {
  /** https, or http on loopback. Its path goes before that of each request. */
  readonly server: URL;
  readonly tls: ClusterTls;
  /** Sent as bearer. Without one the client certificate says who asks. */
  readonly token?: string;
}

/** All in PEM. */
interface ClusterTls {
  /** Of the cluster's authority. Without one the authorities that Node knows count. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  /** The name that the server's certificate must bear, where it is not the host's. */
  readonly servername?: string;
}
