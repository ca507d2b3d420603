// In which form an answer is wanted (Accept), and the 406 where none of them is had.
import { ApiFault } from './api-fault';

/** What an object or a list is shown as. */
export type View = 'object' | 'table' | 'metadata';

export interface Media {
  readonly view: View;
  readonly yaml: boolean;
  readonly contentType: string;
}

const JSON_MEDIA: Media = { view: 'object', yaml: false, contentType: 'application/json' };

/** The first of the accepted types that the server has. `watches`: whether the resource can be watched. */
export function negotiate(accept: string | undefined, watches: boolean): Media {
  if (accept === undefined || accept.trim() === '') return JSON_MEDIA;
  for (const range of accept.split(',')) {
    const media = mediaOf(range);
    if (media) return media;
  }
  const streams = watches
    ? ['application/json;stream=watch', 'application/vnd.kubernetes.protobuf;stream=watch']
    : [];
  const all = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf', ...streams];
  throw new ApiFault(
    406,
    'NotAcceptable',
    `406: Not Acceptable\n\nAvailable representations: ${all.join(', ')}`,
    {},
  );
}

function mediaOf(range: string): Media | undefined {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
  const given = new URLSearchParams(parameters.join('&'));
  const as = given.get('as') ?? undefined;
  switch (type) {
    case 'application/yaml':
      return as === undefined ? { ...JSON_MEDIA, yaml: true, contentType: 'application/yaml' } : undefined;
    case '*/*':
    case 'application/*':
      return JSON_MEDIA;
    case 'application/json':
      break;
    default:
      return undefined;
  }
  if (as === undefined) return JSON_MEDIA;
  if (given.get('g') !== 'meta.k8s.io' || given.get('v') !== 'v1') return undefined;
  if (as === 'Table') return { ...JSON_MEDIA, view: 'table' };
  return as === 'PartialObjectMetadata' || as === 'PartialObjectMetadataList'
    ? { ...JSON_MEDIA, view: 'metadata' }
    : undefined;
}
