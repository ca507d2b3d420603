// Azure Resource Manager in front of its resource providers. It answers its own requests and passes those about their
// resources on.
import { armErrorResponse, ArmFault } from '../wire/arm-error';
import { withArmHeaders } from '../wire/arm-headers';
import { matchRoute, type Route } from '../wire/arm-route';
import type { Handler, WireRequest } from '../wire/handler';
import { answerOwnPermissions } from '../wire/own-permissions';
import { checkArmApiVersion } from './api-version';
import type { ArmAction, ArmContext, ArmPorts, ResourceProvider } from './context';
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
    const pulls = ports.pulls.answer(request);
    if (pulls) return pulls;
    if (isForEmulator(request)) return ports.containerInstances.handle(request);
    const permissions = answerOwnPermissions(request);
    if (permissions) return permissions;
    const provider = providerOf(ports.providers, request);
    if (provider) return provider.handle(request);
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

/** Whether a request asks the emulator of container groups about itself. */
function isForEmulator({ url }: WireRequest): boolean {
  return segmentsOf(url)[0] === 'emulator';
}

/** The provider below whose namespace a request is. The namespace itself is ARM's. */
function providerOf(
  providers: readonly ResourceProvider[],
  { url }: WireRequest,
): ResourceProvider | undefined {
  const segments = segmentsOf(url);
  const at = segments.indexOf('providers') + 1;
  if (at === 0 || segments.length <= at + 1 || segments[at + 1] === 'register') return undefined;
  return providers.find(({ namespace }) => namespace.toLowerCase() === segments[at]);
}

function segmentsOf({ pathname }: URL): readonly string[] {
  return pathname
    .toLowerCase()
    .split('/')
    .filter((segment) => segment !== '');
}

function notEmulated({ method, url }: WireRequest): ArmFault {
  return new ArmFault(
    501,
    'NotEmulated',
    `The local stand-in for Azure Resource Manager doesn't emulate ${method} ${url.pathname}; standins/README.md lists what it does.`,
  );
}
