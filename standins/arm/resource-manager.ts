// Azure Resource Manager in front of its one resource provider. It answers its own requests and passes those about
// container groups on.
import { PROVIDER } from '../aci/routes';
import { armErrorResponse, ArmFault } from '../wire/arm-error';
import { withArmHeaders } from '../wire/arm-headers';
import { matchRoute, type Route } from '../wire/arm-route';
import type { Handler, WireRequest } from '../wire/handler';
import { checkArmApiVersion } from './api-version';
import type { ArmAction, ArmContext, ArmPorts } from './context';
import { createDeploymentStore } from './deployment';
import { getEndpoints } from './metadata';
import { ARM_ROUTES } from './routes';

/** Clients ask for these before they log in, with versions of their own. */
const METADATA: readonly Route<ArmAction>[] = [
  { method: 'GET', pattern: '/metadata/endpoints', action: getEndpoints },
];

export function createResourceManager(ports: ArmPorts): Handler {
  const context: ArmContext = { ...ports, deployments: createDeploymentStore() };
  return async (request) => {
    if (isForContainerInstances(request)) return ports.containerInstances.handle(request);
    try {
      const { method, url } = request;
      const metadata = matchRoute(METADATA, method, url.pathname);
      if (metadata) return withArmHeaders(ports, await metadata.action(context, request, metadata));
      const match = matchRoute(ARM_ROUTES, method, url.pathname);
      if (!match) throw notEmulated(request);
      checkArmApiVersion(url);
      return withArmHeaders(ports, await match.action(context, request, match));
    } catch (error) {
      if (!(error instanceof ArmFault)) throw error;
      return withArmHeaders(ports, armErrorResponse(error));
    }
  };
}

/**
 * Whether a request is below the provider's namespace or asks the emulator about itself. The namespace itself is ARM's.
 */
function isForContainerInstances({ url }: WireRequest): boolean {
  const segments = url.pathname
    .toLowerCase()
    .split('/')
    .filter((segment) => segment !== '');
  if (segments[0] === 'emulator') return true;
  const namespace = segments.indexOf('providers') + 1;
  return (
    namespace > 0 &&
    segments[namespace] === PROVIDER.toLowerCase() &&
    segments.length > namespace + 1 &&
    segments[namespace + 1] !== 'register'
  );
}

function notEmulated({ method, url }: WireRequest): ArmFault {
  return new ArmFault(
    501,
    'NotEmulated',
    `The local stand-in for Azure Resource Manager doesn't emulate ${method} ${url.pathname}; standins/README.md lists what it does.`,
  );
}
