// Where the streams of a region are served.
import type { WireRequest } from '../wire/handler';
import type { ContainerAppsContext } from './context';

/** By region: the address that the ports give, or the one by which this request came. */
export function streamOriginOf(
  { streamOrigin }: Pick<ContainerAppsContext, 'streamOrigin'>,
  { url }: WireRequest,
): (region: string) => string {
  return streamOrigin ?? (() => url.origin);
}
