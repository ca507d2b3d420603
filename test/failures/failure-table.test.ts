import { createAnswer } from '../../backends/aci/create-answer';
import { imageReason, provisioningReason } from '../../backends/aci/failure-reasons';
import { classOf, findRow } from '../../backends/aci/failure-row';
import { FAILURE_TABLE } from '../../backends/aci/failure-table';
import { PLATFORM_EXITS, platformExitReason } from '../../backends/aci/platform-exits';
import { APPS_REFUSALS } from '../../backends/container-apps/answers';
import {
  APPS_IMAGE_FAILURES,
  APPS_START_FAILURES,
  LACKS,
} from '../../backends/container-apps/reading/failures';
import { CREATE_FAILURES } from '../../backends/kubernetes/failures/create-failures';
import { IMAGE_FAILURES } from '../../backends/kubernetes/failures/image-failures';
import { KUBELET_REFUSALS } from '../../backends/kubernetes/failures/kubelet-refusals';
import { POD_REFUSALS } from '../../backends/kubernetes/failures/pod-refusals';
import { START_FAILURES } from '../../backends/kubernetes/failures/start-failures';
import { EXIT_MEANINGS, exitVerdict } from '../../domain/attempt/exit-verdict';
import { REASON_CODES, REASONS } from '../../domain/job/failure-reason';

const body = (code: string, message: string): string => JSON.stringify({ error: { code, message } });

const NOT_AVAILABLE =
  "The requested resource is not available in the location 'westus2' at this moment. Please retry with a different resource request or in another location. Resource requested: '4' CPU '28' GB memory 'Linux' OS '1' 'P100' GPU";
const QUOTA =
  "Resource type 'Microsoft.ContainerInstance/containerGroups' container group quota 'P100Cores' exceeded in region 'westus2'. Limit: '0', Usage: '0' Requested: '1'.";
const TRY_LATER = 'Service unavailable. Please try again later or contact support if this problem persists.';
const REGISTRY =
  "An error response is received from the docker registry 'index.docker.io'. Please retry later.";
const INACCESSIBLE =
  "The image 'a/b:1' in container group 'g' is not accessible. Please check the image and registry credential.";
const GPU_ON_SPOT =
  'Spot Priority Container Groups that include containers requesting GPU resources are not supported.';

/** As recorded or reported (docs/facts/container-instances.md): status, code, message; reason and class. */
const RECORDED: readonly (readonly [number, string, string, string, string])[] = [
  [409, 'ServiceUnavailable', NOT_AVAILABLE, 'capacity', 'infrastructure'],
  [409, 'ServiceUnavailable', `${NOT_AVAILABLE} virtual network`, 'capacity', 'infrastructure'],
  [409, 'ServiceUnavailable', TRY_LATER, 'capacity', 'infrastructure'],
  [409, 'ServiceUnavailable', QUOTA, 'quota', 'infrastructure'],
  [400, 'ContainerGroupQuotaReached', QUOTA, 'quota', 'infrastructure'],
  [409, 'ContainerGroupQuotaReached', QUOTA, 'quota', 'infrastructure'],
  [409, 'RegistryErrorResponse', REGISTRY, 'registry', 'infrastructure'],
  [400, 'RegistryErrorResponse', REGISTRY, 'registry', 'infrastructure'],
  [400, 'InaccessibleImage', INACCESSIBLE, 'image-not-found', 'user'],
  [429, 'ResourceRequestsThrottled', 'Number of requests exceeded the limit.', 'throttled', 'infrastructure'],
  [429, 'SomethingElse', 'Slow down.', 'throttled', 'infrastructure'],
  [400, 'OsVersionNotSupported', "The OS version of image 'a' is not supported.", 'refused', 'user'],
  [400, 'ImageOsTypeNotMatchContainerGroup', "It doesn't support specified OS 'Linux'.", 'refused', 'user'],
  [400, 'InvalidOsType', "The 'osType' for container group '<null>' is invalid.", 'refused', 'user'],
  [400, 'ResourceRequestsNotSpecified', 'The resource requests are not specified.', 'refused', 'user'],
  [400, 'ResourceSomeRequestsNotSpecified', "The 'Cpu' request is not specified.", 'refused', 'user'],
  [400, 'SpotPriorityContainerGroupWithGPUResourcesNotSupported', GPU_ON_SPOT, 'refused', 'user'],
  [400, 'PriorityNotSpecified', "The 'Priority' must be one of 'Regular,Spot'.", 'refused', 'user'],
  [400, 'InvalidRequestContent', 'The request content was invalid.', 'refused', 'user'],
  [400, 'InvalidImageRegistryIdentity', 'The identity is not valid.', 'refused', 'user'],
  [400, 'ConfidentialContainerGroupSkuIsNotSupported', 'Not supported.', 'refused', 'user'],
  [404, 'VirtualNetworkNotFound', 'The virtual network was not found.', 'refused', 'user'],
  [400, 'InvalidContainerGroupUpdate', 'The updates are invalid.', 'name-taken', 'infrastructure'],
  [400, 'NeverHeardOf', 'Something is wrong with it.', 'refused', 'user'],
  [401, 'InvalidAuthenticationToken', 'The access token is invalid.', 'refused', 'infrastructure'],
  [403, 'AuthorizationFailed', 'The client has no authorization.', 'refused', 'infrastructure'],
  [403, 'RequestDisallowedByPolicy', 'A policy forbids it.', 'refused', 'infrastructure'],
  [404, 'ResourceGroupNotFound', "Resource group 'g' could not be found.", 'refused', 'infrastructure'],
  [404, 'SubscriptionNotFound', 'The subscription could not be found.', 'refused', 'infrastructure'],
  [400, 'MissingSubscriptionRegistration', 'It is not registered.', 'refused', 'infrastructure'],
  [409, 'MissingSubscriptionRegistration', 'It is not registered.', 'refused', 'infrastructure'],
  [409, 'SubscriptionNotRegistered', 'It is not registered.', 'refused', 'infrastructure'],
  [409, 'ReadOnlyDisabledSubscription', 'It is disabled.', 'refused', 'infrastructure'],
  [409, 'ScopeLocked', 'A lock forbids it.', 'refused', 'infrastructure'],
  [400, 'LocationNotAvailableForResourceType', 'Not in this location.', 'refused', 'infrastructure'],
];

describe('the answer to a create', () => {
  test.each(RECORDED)('%i %s: %s', (status, code, message, reason, ofClass) => {
    expect(createAnswer(status, body(code, message))).toEqual({
      kind: 'refused',
      reason: { code: reason, class: ofClass, message: `${code}: ${message}` },
    });
  });

  test.each([
    [409, 'ContainerGroupTransitioning'],
    [409, 'Conflict'],
    [409, 'InaccessibleImage'],
    [500, 'InternalServerError'],
    [503, 'ServiceUnavailable'],
    [408, 'RequestTimeout'],
    [413, 'RequestEntityTooLarge'],
  ])('leaves the fate unknown at %i %s', (status, code) => {
    expect(createAnswer(status, body(code, 'a text'))).toEqual({
      kind: 'unknown',
      why: `HTTP ${status} ${code} a text`,
    });
  });
});

describe('provisioning that failed, without a code', () => {
  test.each([
    [`InsufficientCapacity. ${NOT_AVAILABLE}`, 'capacity', 'infrastructure'],
    [NOT_AVAILABLE, 'capacity', 'infrastructure'],
    [TRY_LATER, 'capacity', 'infrastructure'],
    [QUOTA, 'quota', 'infrastructure'],
    [REGISTRY, 'registry', 'infrastructure'],
    [INACCESSIBLE, 'image-not-found', 'user'],
    ["The OS version of image 'a' is not supported.", 'refused', 'user'],
    ['FailedMount MountVolume.SetUp failed for volume', 'refused', 'infrastructure'],
    [
      'Pulling pulling image "a" Failed Failed to pull image "a": manifest unknown',
      'image-not-found',
      'user',
    ],
    ['Failed Failed to pull image "quota/a": i/o timeout', 'image-pull', 'infrastructure'],
    ['Encountered an internal server error.', 'given-up', 'infrastructure'],
    ['', 'given-up', 'infrastructure'],
  ])('%j', (text, code, ofClass) => {
    expect(provisioningReason(text)).toMatchObject({ code, class: ofClass });
  });
});

describe('an image that could not be pulled', () => {
  test.each([
    [
      'Failed to pull image "a": rpc error: code = 2 desc Error: image t/a:latest not found',
      'image-not-found',
    ],
    ['Failed to pull image "a": manifest unknown', 'image-not-found'],
    ['Failed to pull image "a": requested access to the resource is denied', 'image-not-found'],
    ['Failed to pull image "a": unauthorized: authentication required', 'image-not-found'],
    ['Failed to pull image "a": toomanyrequests: You have reached your pull rate limit', 'registry'],
    ['Failed to pull image "a": received unexpected HTTP status: 503 Service Unavailable', 'registry'],
    ['Failed to pull image "a": net/http: TLS handshake timeout', 'image-pull'],
    ['Failed to pull image "not-found/denied:429": connection refused', 'image-pull'],
    ['Back-off pulling image "a"', 'image-pull'],
    ['', 'image-pull'],
  ])('%j is %s', (text, code) => {
    const given = imageReason(text);
    expect(given).toMatchObject({ code, class: REASONS[imageCode(code)].class });
    expect(given.message).not.toBe('');
  });
});

/** What a cluster can show, and what Container Apps can. */
const OTHER_TABLES = {
  'refused creates on a cluster': CREATE_FAILURES,
  'images on a cluster': IMAGE_FAILURES,
  'refusals of a kubelet': KUBELET_REFUSALS,
  'refused pods': POD_REFUSALS,
  'starts on a cluster': START_FAILURES,
  'refusals on Container Apps': APPS_REFUSALS,
  'images on Container Apps': APPS_IMAGE_FAILURES,
  'starts on Container Apps': APPS_START_FAILURES,
  'what Container Apps lack': LACKS,
};

test.each(Object.entries(OTHER_TABLES))(
  'the table of %s ends in a row that matches everything, and in no other',
  (_of, table) => {
    expect(table.findIndex(({ text }) => text === undefined)).toBe(table.length - 1);
    for (const { source } of table) expect(source).not.toBe('');
  },
);

describe('the failure table', () => {
  test('ends in a row that matches everything, in each place where something unforeseen may show', () => {
    for (const where of ['create', 'provisioning', 'image', 'start', 'look', 'log'] as const)
      expect([where, findRow(FAILURE_TABLE, where, { status: 599, code: 'x', text: 'y' })]).not.toEqual([
        where,
        undefined,
      ]);
  });

  test('has no row that an earlier one hides', () => {
    for (const row of FAILURE_TABLE) {
      if (row.text !== undefined || row.codes === undefined) continue;
      const [status] = row.statuses ?? [400];
      const hidden = row.codes.filter(
        (code) =>
          findRow(FAILURE_TABLE, row.where, { ...(status && { status }), code, text: 'a text' }) !== row,
      );
      // Fates are told by the status: a 400 refuses whatever its code (protocol §4.1).
      if (row.ends === 'at-once') expect(hidden).toEqual([]);
    }
  });

  test('gives every row a source and a reason that exists, of infrastructure wherever it may be tried again', () => {
    for (const row of FAILURE_TABLE) {
      expect(row.source).not.toBe('');
      expect(REASON_CODES).toContain(row.reason);
      expect(['infrastructure', 'user']).toContain(classOf(row));
      if (row.class !== undefined) expect(['refused', 'cannot-start']).toContain(row.reason);
    }
  });

  test('uses every reason that a platform can give', () => {
    const ours = ['exit-code', 'queued-deadline', 'canceled', 'invalid-spec', 'no-placement'];
    const given = new Set([
      ...FAILURE_TABLE.map(({ reason }) => reason),
      ...[...PLATFORM_EXITS, ...EXIT_MEANINGS].map(({ reason }) => reason),
      ...Object.values(OTHER_TABLES)
        .flat()
        .map(({ reason }) => reason),
    ]);
    expect(REASON_CODES.filter((code) => !given.has(code))).toEqual(ours);
  });
});

describe('exit codes', () => {
  test('137 is killed, perhaps out of memory, and surely where the platform says so', () => {
    expect(exitVerdict(137)).toMatchObject({
      reason: { code: 'killed', message: expect.stringContaining('perhaps') as unknown },
    });
    expect(exitVerdict(137, { detail: 'OOMKilled' })).toMatchObject({
      reason: {
        code: 'killed',
        class: 'user',
        message: expect.stringContaining('because it ran out of memory') as unknown,
      },
    });
    expect(exitVerdict(137, { detail: 'Error' })).toEqual(exitVerdict(137));
  });

  test('7147 and 7148 are maintenance, of infrastructure, where Container Instances says them', () => {
    for (const code of [7147, 7148])
      expect(exitVerdict(code, { reason: platformExitReason(code) })).toMatchObject({
        exitCode: code,
        reason: { code: 'maintenance', class: 'infrastructure' },
      });
    expect(platformExitReason(137)).toBeUndefined();
  });
});

function imageCode(code: string): 'image-pull' | 'image-not-found' | 'registry' {
  if (code === 'image-pull' || code === 'image-not-found' || code === 'registry') return code;
  throw new Error(`${code} is no reason about an image.`);
}
