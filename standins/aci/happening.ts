// What can happen to a group, and what its state machine then asks for.

export type Happening =
  | { readonly kind: 'provisioned' }
  /** A share could not be mounted, so no container is begun. */
  | { readonly kind: 'mount-failed' }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'pulled'; readonly container: string }
  | { readonly kind: 'pull-failed'; readonly container: string; readonly why: string }
  | { readonly kind: 'pull-due'; readonly container: string }
  | { readonly kind: 'started'; readonly container: string }
  | { readonly kind: 'not-started'; readonly container: string; readonly why: string }
  | { readonly kind: 'ended'; readonly container: string; readonly exitCode: number }
  /** The wait after an end or a failed start is over: another start is due. */
  | { readonly kind: 'restart-due'; readonly container: string }
  | { readonly kind: 'stop' }
  | { readonly kind: 'start' };

export type Effect =
  | { readonly kind: 'end-programs' }
  | { readonly kind: 'provision' }
  | { readonly kind: 'mount-again'; readonly afterMs: number }
  | { readonly kind: 'pull'; readonly container: string }
  | { readonly kind: 'run'; readonly container: string }
  | { readonly kind: 'later'; readonly afterMs: number; readonly happening: Happening };
