// The ports to the product's own queues: those that it writes to, and the one with messages that its functions could
// not handle.

export interface MessageQueue {
  /** Appends a message, hidden for `delaySeconds` (default 0); a repeat appends it again. */
  send(text: string, options?: { readonly delaySeconds?: number }): Promise<void>;
}

export interface ReceivedMessage {
  /** The queue's own: the same at each delivery. */
  readonly id: string;
  /** Holds until the message is received again. */
  readonly receipt: string;
  readonly text: string;
}

/** Messages that no run of a function could handle. */
export interface UnhandledMessages {
  /** Some of them, hidden from other receivers for some minutes; none where there are none, or no queue. */
  receive(): Promise<readonly ReceivedMessage[]>;
  remove(message: ReceivedMessage): Promise<void>;
}
