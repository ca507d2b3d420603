// Lets no answer that is held in memory grow without end.
import type { RequestPolicyFactory } from '@azure/storage-file-share';

/** A list of 5,000 entries whose names are as long as may be has less than half of it. */
const MOST_BYTES = 32 * 1024 * 1024;

/** The body of a file is passed on piece by piece, and is not counted. A longer answer counts as none. */
export function boundedAnswers(): RequestPolicyFactory {
  return {
    create: (next) => ({
      sendRequest: (request) => {
        if ((request.streamResponseStatusCodes?.size ?? 0) === 0)
          request.onDownloadProgress = ({ loadedBytes }) => {
            if (loadedBytes > MOST_BYTES)
              throw Object.assign(new Error(`The answer has more than ${MOST_BYTES / 1024 / 1024} MiB.`), {
                code: 'ETOOLONG',
              });
          };
        return next.sendRequest(request);
      },
    }),
  };
}
