// The forms in which the service writes a time. Recordings show five of them side by side.

/** `2025-11-04T10:48:33.8420000`, without a zone: what a GET shows, to be read as UTC. */
export function zonelessStamp(at: number): string {
  return new Date(at).toISOString().replace('Z', '0000');
}

/** `2025-11-04T10:48:33.8420000Z`: what the answer of the write itself shows. */
export function zonedStamp(at: number): string {
  return `${zonelessStamp(at)}Z`;
}

/** `2025-11-04T10:48:52+00:00`, whole seconds: an execution's times. */
export function secondStamp(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}+00:00`;
}

/** `11/4/2025 10:49:59 AM`, whole seconds, UTC without saying so: what a replica says of its container. */
export function usStamp(at: number): string {
  const date = new Date(at);
  const hour = date.getUTCHours();
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()}`;
  return `${day} ${hour % 12 === 0 ? 12 : hour % 12}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} ${hour < 12 ? 'AM' : 'PM'}`;
}
