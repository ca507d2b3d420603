// The one list of what is not compared with a recording, and what counts as a mere id, time or address.

/** Members that come and go by version and day, or that name the parts of a cluster, each with the reason. */
export const NOT_COMPARED: Readonly<Record<string, string>> = {
  imageType:
    'ContainerImage or CloudBuild for one and the same kind of image; there in some versions and months, not in others',
  ephemeralStorage: 'absent, "", "1Gi", "2Gi" or "8Gi" for the same request, by version and day',
  'kedaConfiguration.version': 'the version of a part of the environment',
  'daprConfiguration.version': 'the version of a part of the environment',
};

/**
 * Headers that say something to a client. The counters of requests left are of a subscription that others used too, and
 * `api-supported-versions` grows.
 */
export const COMPARED_HEADERS = [
  'content-type',
  'content-length',
  'location',
  'azure-asyncoperation',
  'x-ms-async-operation-timeout',
  'x-ms-failure-cause',
] as const;

/** Repositories whose recorder keeps Retry-After; that of the az client takes it out. */
export const KEEP_RETRY_AFTER: readonly string[] = ['Azure/azure-powershell', 'Azure/azure-service-operator'];

/** Members whose values are opaque: it counts that there is one. */
export const OPAQUE_MEMBERS: ReadonlySet<string> = new Set(['token', 'containerId']);

interface Pattern {
  readonly kind: string;
  readonly pattern: RegExp;
}

/** Parts of texts that differ from run to run. The form of a time is compared, its value is not. The first wins. */
export const RUNS_OWN: readonly Pattern[] = [
  { kind: 'signature', pattern: /(?<=[?&][tcsh]=)[^&]+/g },
  { kind: 'time, Z', pattern: /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d+Z/g },
  { kind: 'whole time, Z', pattern: /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z/g },
  { kind: 'whole time, offset', pattern: /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+00:00/g },
  { kind: 'time, offset', pattern: /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d+\+00:00/g },
  { kind: 'time, no zone', pattern: /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d+/g },
  { kind: 'time, Go', pattern: /\b\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?:\.\d+)? \+0000 UTC/g },
  { kind: 'time, US', pattern: /\b\d{1,2}\/\d{1,2}\/\d{4} \d{1,2}:\d{2}:\d{2} [AP]M/g },
  { kind: 'uuid', pattern: /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g },
  // Reports put `xxxxx` in the place of names.
  { kind: 'name', pattern: /(?<=`)[a-z0-9-]+(?=`)/g },
  { kind: 'domain', pattern: /\b[a-z0-9]+-0{8}(?=\.[a-z0-9]+\.azurecontainerapps\.io)/g },
];
