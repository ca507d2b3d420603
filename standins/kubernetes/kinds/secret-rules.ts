// Secrets: texts given in the clear become data, and some types must hold what they say.
import { type JsonObject, objectAt, textOf, without } from '../store/json';

export function defaultSecret(secret: JsonObject): JsonObject {
  const given = Object.entries(objectAt(secret, 'stringData'));
  const data = {
    ...objectAt(secret, 'data'),
    ...Object.fromEntries(given.map(([name, text]) => [name, Buffer.from(textOf(text)).toString('base64')])),
  };
  return {
    ...without(secret, 'stringData'),
    ...(Object.keys(data).length > 0 && { data }),
    type: secret['type'] ?? 'Opaque',
  };
}
