// The right by which workloads are given an identity to pull their image, whichever service runs them.

/** On each identity that a spec names, or on their group (infra/app/roles/identities-role.bicep). */
export const IDENTITY_RIGHTS: readonly string[] = [
  'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action',
];
