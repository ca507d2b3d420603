// A query's own mistake, as the service words it: a table or a column that is not there.

/** Answered 400 with SEM0100. A client takes it for a table without rows, so nothing else may be answered so. */
export class UnresolvedName extends Error {
  override readonly name = 'UnresolvedName';
}
