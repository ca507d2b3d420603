// The port to what is known of a placement's backend before any request. Pure; loads no SDK.
import type { LogSources } from '../logs/log-sources';
import type { ChosenGpu } from '../spec/gpu';
import type { Wish } from '../spec/wish';
import type { Offer } from './offer';
import type { Scopes } from './scopes';
import type { Traits } from './traits';

/** Bound to one placement. */
export interface BackendFacts {
  /** The placement's `backend`, for rows and for people; generic code never compares it. */
  readonly kind: string;
  /** Undefined where there is none. */
  readonly region: string | undefined;
  readonly traits: Traits;
  readonly scopes: Scopes;
  /** Left out: what is archived while a program runs is all that there is of its log. */
  readonly logSources?: LogSources;
  /**
   * What the placement makes of the wish with this GPU, which the caller found among its `gpus`, or with none. `now`,
   * epoch milliseconds: what was retired by then is refused; undefined: nothing counts as retired.
   */
  offer(wish: Wish, gpu: ChosenGpu | undefined, now: number | undefined): Offer;
}
