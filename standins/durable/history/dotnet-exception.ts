// The texts in which .NET exceptions reach JavaScript. Their stack has one frame of ours, which says where it was.
import { rpcExceptionMessage, type WorkerFailure } from '../worker/worker-failure';
import { writeJson } from './net-json';

/** Stands in the place of .NET's stack. */
export const frames = '   at the local Durable engine';

/** COR_E_EXCEPTION, the HRESULT of an exception without a code of its own. */
const HRESULT = -2146233088;
const HOST_ASSEMBLY = 'Microsoft.Azure.WebJobs.Script.Grpc';

/** An exception without a cause, as Newtonsoft.Json writes it with type names. */
export function serializedException(type: string, message: string): string {
  return exceptionText(type, message, null, frames);
}

/** What TaskFailed.Details holds for an activity that failed in the worker (recorded in the conformance corpus). */
export function activityFailureDetails(friendlyMessage: string, worker: WorkerFailure): string {
  const cause = {
    $type: `Microsoft.Azure.WebJobs.Script.Workers.Rpc.RpcException, ${HOST_ASSEMBLY}`,
    IsUserException: false,
    RemoteStackTrace: worker.stack,
    RemoteMessage: worker.message,
    RemoteTypeName: null,
    Message: rpcExceptionMessage(worker),
    Data: { $type: 'System.Collections.ListDictionaryInternal, System.Private.CoreLib' },
    InnerException: null,
    HelpLink: null,
    Source: HOST_ASSEMBLY,
    HResult: HRESULT,
    StackTrace: frames,
  };
  return exceptionText('System.Exception', friendlyMessage, cause, null);
}

function exceptionText(
  type: string,
  message: string,
  cause: Parameters<typeof writeJson>[0],
  stack: string | null,
): string {
  return writeJson({
    $type: `${type}, System.Private.CoreLib`,
    ClassName: type,
    Message: message,
    Data: null,
    InnerException: cause,
    HelpURL: null,
    StackTraceString: stack,
    RemoteStackTraceString: null,
    RemoteStackIndex: 0,
    ExceptionMethod: null,
    HResult: HRESULT,
    Source: null,
    WatsonBuckets: null,
  });
}
