// The name of the file with V8's compiled code of the app, for one V8 on one kind of processor.

/**
 * `v8`: as in `process.versions.v8`, such as `13.6.233.17-node.48`. What follows the hyphen is Node's own count of its
 * patches, which V8 does not look at when it judges a cache.
 */
export function codeCacheName(v8: string, arch: string): string {
  return `app.v8-${v8.split('-', 1)[0] ?? v8}-${arch}.cache`;
}
