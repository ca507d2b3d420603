// A message's text as the Functions worker hands it to a function: parsed if it is JSON.

export function parsedIfJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
