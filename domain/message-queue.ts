// The port to the queues that this product writes to.

export interface MessageQueue {
  /** Appends a message; a repeat appends it again. */
  send(text: string): Promise<void>;
}
