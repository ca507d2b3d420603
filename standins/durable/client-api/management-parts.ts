// What the management API is built on.
import type { Hub } from '../hub';
import type { DurableClient } from './client';
import type { LinkParts } from './links';

export interface ManagementParts {
  readonly client: DurableClient;
  readonly hub: Hub;
  readonly links: Omit<LinkParts, 'origin'>;
}
