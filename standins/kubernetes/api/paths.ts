// The paths that are no resources: health, version, discovery.
import type { WireRequest, WireResponse } from '../../wire/handler';
import { ISSUER } from '../access/service-token';
import { generic } from '../answers/api-fault';
import { respond } from '../answers/respond';
import type { KubernetesContext } from '../context';
import { answerOpenApi } from '../openapi/answer-openapi';
import type { JsonObject } from '../store/json';
import { answerDiscovery } from './discovery';
import { answerHealth } from './health';

const JSON_MEDIA = { yaml: false, contentType: 'application/json' };

/** What `kubectl version` shows: the server whose answers were recorded (M11). */
const VERSION = {
  major: '1',
  minor: '36',
  emulationMajor: '1',
  emulationMinor: '36',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '35',
  gitVersion: 'v1.36.3',
  gitCommit: '0000000000000000000000000000000000000000',
  gitTreeState: 'clean',
  buildDate: '2025-12-31T09:31:06Z',
  goVersion: 'go1.26.8',
  compiler: 'gc',
  platform: 'linux/amd64',
};

/** How tokens of service accounts are told to others. */
function issuerOf({ url }: WireRequest): JsonObject {
  return {
    issuer: ISSUER,
    jwks_uri: `${url.origin}/openid/v1/jwks`,
    response_types_supported: ['id_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['HS256'],
  };
}

/** Throws the 404 for what is none of them. */
export function answerPath(_context: KubernetesContext, request: WireRequest): WireResponse {
  switch (request.url.pathname) {
    case '/.well-known/openid-configuration':
      return respond(request, JSON_MEDIA, 200, issuerOf(request));
    case '/openid/v1/jwks':
      // Nothing outside this process can verify its tokens: there is no public key.
      return respond(request, { yaml: false, contentType: 'application/jwk-set+json' }, 200, { keys: [] });
    case '/version':
      return respond(request, JSON_MEDIA, 200, VERSION);
    default: {
      const answer = answerHealth(request) ?? answerOpenApi(request) ?? answerDiscovery(request);
      if (!answer) throw generic(404);
      return answer;
    }
  }
}
