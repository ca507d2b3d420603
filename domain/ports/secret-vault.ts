// The port to the key vault that references in a spec (`secretRef`, `passwordRef`) name secrets of.

export type VaultAnswer =
  | { readonly kind: 'found'; readonly value: string }
  /** There is no such secret, or it is disabled: for its user to mend. */
  | { readonly kind: 'missing'; readonly why: string }
  /** The app may not read it: for whoever deployed the app to mend. */
  | { readonly kind: 'forbidden'; readonly why: string };

export interface SecretVault {
  /**
   * The newest version of a secret. Read when a workload is created, never kept (I7).
   *
   * @throws RetryableError when the vault gives no usable answer.
   */
  read(name: string): Promise<VaultAnswer>;
}
