// `GET /metadata/endpoints`: what a client must know of a cloud. `az cloud register` asks for nothing else.
import { ArmFault } from '../wire/arm-error';
import { json } from '../wire/handler';
import type { ArmAction } from './context';

/** The versions that answer with a list of clouds. The newer one answers with the cloud itself. */
const LISTS = ['2019-05-01', '2020-06-01'];
const ONE = '2022-09-01';

/**
 * The login address ends in `/adfs`. So clients take it for an AD FS, as on Azure Stack Hub, and don't ask
 * login.microsoftonline.com whether they may trust it.
 */
export const getEndpoints: ArmAction = ({ tenantId }, { url }) => {
  const { origin } = url;
  const cloud = {
    name: 'gpu-job-runner',
    portal: origin,
    authentication: {
      loginEndpoint: `${origin}/adfs`,
      audiences: [`${origin}/`],
      tenant: tenantId,
      identityProvider: 'ADFS',
    },
    resourceManager: `${origin}/`,
    suffixes: {},
  };
  const version = url.searchParams.get('api-version') ?? '';
  if (version === ONE) return json(200, cloud);
  if (LISTS.includes(version)) return json(200, [cloud]);
  throw new ArmFault(
    400,
    'InvalidApiVersionParameter',
    `The api-version '${version}' is invalid. The supported versions are '${[ONE, ...LISTS.toReversed()].join(',')}'.`,
  );
};
