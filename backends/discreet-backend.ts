// Any backend, with secrets taken out of what its platform answers before anyone stores or logs it (I7).
import type { Reason } from '../domain/job/failure-reason';
import { withoutSecrets, withoutSignatures } from '../domain/parse/without-secrets';
import type {
  ComputeBackend,
  CreateAnswer,
  CreateRequest,
  Observation,
  PrepareAnswer,
  Workload,
} from '../domain/ports/compute-backend';

type Clean = (text: string) => string;

/** A program's log stays as it was printed. */
export function discreetBackend(backend: ComputeBackend): ComputeBackend {
  const prepare = backend.prepare?.bind(backend);
  const standing = backend.standing?.bind(backend);
  const { logStore } = backend;
  return {
    ...(prepare !== undefined && {
      prepare: async (request) =>
        discreetly(cleanOf(request), async (clean) => ofPreparation(await prepare(request), clean)),
    }),
    create: (request) =>
      discreetly(cleanOf(request), async (clean) => ofCreate(await backend.create(request), clean)),
    observe: (ref) =>
      discreetly(withoutSignatures, async (clean) => ofLook(await backend.observe(ref), clean)),
    logs: (ref, from, archived) =>
      discreetly(withoutSignatures, async (clean) => {
        const read = await backend.logs(ref, from, archived);
        return read.kind === 'unavailable' ? { ...read, why: clean(read.why) } : read;
      }),
    ...(logStore !== undefined && { logStore }),
    remove: (ref, known) =>
      discreetly(withoutSignatures, async (clean) => {
        const { sent, observation } = await backend.remove(ref, known);
        return { sent, observation: ofLook(observation, clean) };
      }),
    list: (owner) => discreetly(withoutSignatures, () => backend.list(owner)),
    usages: () => discreetly(withoutSignatures, () => backend.usages()),
    ...(standing !== undefined && { standing: () => discreetly(withoutSignatures, standing) }),
  };
}

/** Also of the values that the request itself carries. */
function cleanOf({ secrets, told, registryPassword = '', volumeKeys = {} }: CreateRequest): Clean {
  const values = [secrets, told?.secrets ?? {}, volumeKeys].flatMap((record) => Object.values(record));
  return (text) => withoutSecrets(text, [...values, registryPassword]);
}

async function discreetly<T>(clean: Clean, call: (clean: Clean) => Promise<T>): Promise<T> {
  try {
    return await call(clean);
  } catch (error) {
    throw cleaned(error, clean);
  }
}

/** The same error: whoever catches it may ask for its class. */
function cleaned(error: unknown, clean: Clean): unknown {
  for (let one = error; one instanceof Error; one = one.cause) {
    one.message = clean(one.message);
    if (one.stack !== undefined) one.stack = clean(one.stack);
  }
  return error;
}

function ofReason(reason: Reason, clean: Clean): Reason {
  return { ...reason, message: clean(reason.message) };
}

function ofPreparation(answer: PrepareAnswer, clean: Clean): PrepareAnswer {
  switch (answer.kind) {
    case 'ready':
    case 'not-needed':
    case 'not-yet':
      return answer;
    case 'refused':
      return { ...answer, reason: ofReason(answer.reason, clean) };
    case 'unknown':
      return { ...answer, why: clean(answer.why) };
  }
}

function ofCreate(answer: CreateAnswer, clean: Clean): CreateAnswer {
  switch (answer.kind) {
    case 'accepted':
      return answer;
    case 'refused':
      return { ...answer, reason: ofReason(answer.reason, clean) };
    case 'unknown':
      return { ...answer, why: clean(answer.why) };
  }
}

function ofLook(observation: Observation, clean: Clean): Observation {
  switch (observation.kind) {
    case 'absent':
    case 'prepared':
    case 'foreign':
      return observation;
    case 'unreadable':
      return { ...observation, why: clean(observation.why) };
    case 'present':
      return { ...observation, workload: ofWorkload(observation.workload, clean) };
  }
}

function ofWorkload(workload: Workload, clean: Clean): Workload {
  const { exitDetail, exitReason, failure, lacking, startTrouble } = workload;
  return {
    ...workload,
    ...(exitDetail !== undefined && { exitDetail: clean(exitDetail) }),
    ...(exitReason !== undefined && { exitReason: ofReason(exitReason, clean) }),
    ...(failure !== undefined && { failure: ofReason(failure, clean) }),
    ...(lacking !== undefined && { lacking: ofReason(lacking, clean) }),
    ...(startTrouble !== undefined && { startTrouble: ofReason(startTrouble, clean) }),
  };
}
