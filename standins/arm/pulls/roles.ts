// Roles that Azure has by itself, as far as pulls are concerned, with the permissions that they give
// (docs/facts/container-apps.md#pulls-by-identity).

interface Role {
  readonly roleName: string;
  readonly actions: readonly string[];
  readonly notActions?: readonly string[];
  readonly dataActions?: readonly string[];
}

export const ACR_PULL = '7f951dda-4ed3-4680-a7ca-43fe172d538d';
export const ACR_PUSH = '8311e382-0749-4cb8-b61a-304f252e45ec';
export const ACR_DELETE = 'c2f4ef07-c644-48eb-af81-4b1b4947fb11';
export const REPOSITORY_READER = 'b93aa761-3e63-49ed-ac28-beffa264f7ac';
export const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';

const REGISTRIES = 'Microsoft.ContainerRegistry/registries';

/** By their GUIDs, which are the same everywhere. */
export const ROLES: Readonly<Record<string, Role>> = {
  [ACR_PULL]: { roleName: 'AcrPull', actions: [`${REGISTRIES}/pull/read`] },
  [ACR_PUSH]: { roleName: 'AcrPush', actions: [`${REGISTRIES}/pull/read`, `${REGISTRIES}/push/write`] },
  [ACR_DELETE]: { roleName: 'AcrDelete', actions: [`${REGISTRIES}/artifacts/delete`] },
  [REPOSITORY_READER]: {
    roleName: 'Container Registry Repository Reader',
    actions: [],
    dataActions: [`${REGISTRIES}/repositories/metadata/read`, `${REGISTRIES}/repositories/content/read`],
  },
  [READER]: { roleName: 'Reader', actions: ['*/read'] },
};
