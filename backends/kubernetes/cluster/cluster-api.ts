// The way to a cluster's API server: one request, one answer. Everything else of this backend goes through it.

export interface ClusterRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** With its query, such as `/api/v1/namespaces/gpu-jobs/pods?labelSelector=a%3Db`. */
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: object;
  /** Default: application/json. A patch names its own. */
  readonly contentType?: string;
  /** Default: application/json. */
  readonly accept?: string;
  /** For the whole exchange, milliseconds. */
  readonly timeoutMs: number;
  /** Default: 16 MiB. A longer body rejects, or is cut with `cut`. */
  readonly mostBytes?: number;
  readonly cut?: boolean;
}

export interface ClusterAnswer {
  readonly status: number;
  readonly body: Buffer;
  /** The body is longer than `mostBytes`, and ends there. */
  readonly isCut: boolean;
  /** The `Date` header, epoch milliseconds; undefined where there is none. */
  readonly serverTime: number | undefined;
  /** The `Retry-After` header, seconds; undefined where there is none. */
  readonly retryAfterS: number | undefined;
}

export interface ClusterApi {
  /**
   * Any HTTP answer resolves, whatever its status. Rejects with RetryableError where no answer came: with NotCarriedOut
   * where the cluster certainly did nothing. Rejects with TerminalError where the configuration can't be used; nothing
   * was carried out then either. Each request is sent once. Only after a 401, which carries out nothing, is it sent
   * once more, with renewed credentials.
   */
  send(request: ClusterRequest): Promise<ClusterAnswer>;
}
