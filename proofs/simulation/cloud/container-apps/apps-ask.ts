// Reads from a request's method and address what it asks Container Apps for, and about which workload.
import type { WireRequest } from '../../../../standins/wire/handler';

/** `apps.<verb>-<what>`, such as `apps.put-job`. */
export interface AppsAsk {
  readonly call: `apps.${string}`;
  /** The workload's name; empty where it is about many, or about none. */
  readonly name: string;
  /** Which execution is to be stopped; undefined: all of them. */
  readonly execution?: string;
}

const JOB = /\/providers\/Microsoft\.App\/jobs(?:\/([^/]+)(\/.+)?)?$/i;
const STREAM = /\/jobs\/([^/]+)\/executions\/[^/]+\/replicas\/[^/]+\/containers\/[^/]+\/logstream$/;
const STOP = /^\/(?:stop\/([^/]+)|executions\/([^/]+)\/stop)$/;
const USAGES = /\/(?:managedEnvironments|locations)\/[^/]+\/usages$/i;
const QUERY = /^\/v1\/workspaces\/[^/]+\/query$/;
/** A query names the execution, which begins with its workload's name. */
const WORKLOAD = /j[0-9a-z]{19}-\d+(?![0-9a-z])/;

/** Throws for a request that the product has no reason to send. */
export function appsAskOf({ method, url, body }: WireRequest): AppsAsk {
  const { pathname } = url;
  if (USAGES.test(pathname)) return { call: 'apps.usages', name: '' };
  if (QUERY.test(pathname))
    return { call: 'apps.query', name: WORKLOAD.exec(body.toString('utf8'))?.[0] ?? '' };
  const stream = STREAM.exec(pathname);
  if (stream !== null) return { call: 'apps.stream', name: stream[1] ?? '' };
  const found = JOB.exec(pathname);
  const ask = found === null ? undefined : ofJob(method, found[1] ?? '', found[2] ?? '');
  if (ask === undefined) throw new Error(`The simulation knows no ${method} ${pathname}.`);
  return ask;
}

function ofJob(method: string, name: string, rest: string): AppsAsk | undefined {
  if (rest === '') return onDefinition(method, name);
  const stop = method === 'POST' ? STOP.exec(rest) : null;
  const execution = stop?.[1] ?? stop?.[2];
  if (execution !== undefined) return { call: 'apps.stop', name, execution };
  switch (`${method} ${rest.replace(/\/executions\/[^/]+/, '/executions/{execution}')}`) {
    case 'POST /stop':
      return { call: 'apps.stop', name };
    case 'POST /start':
      return { call: 'apps.start', name };
    case 'POST /getAuthToken':
      return { call: 'apps.token', name };
    case 'GET /executions':
      return { call: 'apps.list-executions', name };
    case 'GET /executions/{execution}/replicas':
      return { call: 'apps.list-replicas', name };
    default:
      return undefined;
  }
}

function onDefinition(method: string, name: string): AppsAsk | undefined {
  if (name === '') return method === 'GET' ? { call: 'apps.list-jobs', name } : undefined;
  const verb = { PUT: 'put', GET: 'get', DELETE: 'delete' }[method];
  return verb === undefined ? undefined : { call: `apps.${verb}-job`, name };
}
