// The port to the queues that this product writes to.

export interface MessageQueue {
  /** Appends a message, hidden for `delaySeconds` (default 0); a repeat appends it again. */
  send(text: string, options?: { readonly delaySeconds?: number }): Promise<void>;
}
