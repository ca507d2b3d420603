// Reads what a stand-in tells of itself, for the views of the stack's own programs.

/** The JSON of an answer. Rejects with its text where it is an error. */
export async function getJson(url: string, headers: Readonly<Record<string, string>> = {}): Promise<unknown> {
  return (await getOk(url, headers)).json();
}

/** The bytes of an answer. Rejects like `getJson`. */
export async function getBytes(url: string): Promise<Buffer> {
  return Buffer.from(await (await getOk(url)).arrayBuffer());
}

async function getOk(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const response = await fetch(url, { headers });
  if (!response.ok) throw new Error(`${url} was answered ${response.status}: ${await response.text()}`);
  return response;
}
