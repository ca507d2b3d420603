// This deployment's identity, minted once in its store: it tells our groups from everybody else's.

export interface Owner {
  /** Stands in every tag and in every job id. */
  readonly id: string;
  /** Keys the HMACs that stand for literal secrets. */
  readonly key: string;
}

export interface OwnerStore {
  /** The stored owner; the first caller mints it. */
  get(): Promise<Owner>;
}
