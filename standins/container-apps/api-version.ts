// The versions of the service's REST interface, and what a version shows.
import { ArmFault } from '../wire/arm-error';
import { REGIONS } from './regions';

/**
 * As the service named them in November 2025 (header `api-supported-versions`), and 2026-07-01, whose shapes are those
 * of the package @azure/arm-appcontainers 4.0.0 (docs/facts/container-apps.md#versions).
 */
export const API_VERSIONS: readonly string[] = [
  '2022-11-01-preview',
  '2023-04-01-preview',
  '2023-05-01',
  '2023-05-02-preview',
  '2023-08-01-preview',
  '2023-11-02-preview',
  '2024-02-02-preview',
  '2024-03-01',
  '2024-08-02-preview',
  '2024-10-02-preview',
  '2025-01-01',
  '2025-02-02-preview',
  '2025-07-01',
  '2025-10-02-preview',
  '2026-01-01',
  '2026-07-01',
];

/** The header that the provider's own answers have; the gateway's have none. */
export const SUPPORTED_VERSIONS = { 'api-supported-versions': API_VERSIONS.join(', ') } as const;

/** A version that a request named. Versions are compared by their dates. */
export interface ApiVersion {
  readonly name: string;
  /** Whether this is `version` or a later one. */
  since(version: string): boolean;
  isOneOf(...versions: readonly string[]): boolean;
}

/** The version of a request. Throws for one that is missing (400) or that the service lacks (400, as ARM words it). */
export function apiVersionOf(url: URL): ApiVersion {
  const named = url.searchParams.get('api-version')?.toLowerCase() ?? '';
  if (named === '') {
    throw new ArmFault(
      400,
      'MissingApiVersionParameter',
      'The api-version query parameter (?api-version=) is required for all requests.',
    );
  }
  if (!API_VERSIONS.includes(named)) {
    throw new ArmFault(
      400,
      'NoRegisteredProviderFound',
      `No registered resource provider found for location '' and API version '${named}' for type 'jobs'. The supported api-versions are '${API_VERSIONS.join(', ')}'. The supported locations are '${REGIONS.join(', ')}'.`,
    );
  }
  return {
    name: named,
    since: (version) => named >= version,
    isOneOf: (...versions) => versions.includes(named),
  };
}
