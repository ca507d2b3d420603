// The error of a request of which a cluster has certainly carried out nothing.
import { RetryableError } from '../../../domain/errors';

/** Either it was not sent, or the cluster refused it for its credentials. What it asked for may be asked for anew. */
export class NotCarriedOut extends RetryableError {
  override name = 'NotCarriedOut';
}
