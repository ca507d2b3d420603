// The port to the key vault, whose secrets a spec names by reference (`secretRef`, `passwordRef`).

export type VaultAnswer =
  | { readonly kind: 'found'; readonly value: string }
  /** There is no such secret, or it is disabled. The user can mend that. */
  | { readonly kind: 'missing'; readonly why: string }
  /** The app may not read it. The app's operator can mend that. */
  | { readonly kind: 'forbidden'; readonly why: string };

export interface SecretVault {
  /**
   * The newest version of a secret. Read when a workload is created, never kept (I7).
   *
   * @throws RetryableError when the vault gives no usable answer.
   */
  read(name: string): Promise<VaultAnswer>;
}
