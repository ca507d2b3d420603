// What is read of a kubeconfig, and which of its settings are refused, each with the reason.
import { z } from 'zod';

/** A setting that would change who asks or whom, and that this product does not follow. */
const refused = (why: string): z.ZodType =>
  z
    .unknown()
    .refine((value) => value === undefined || value === null || value === false || value === '', `is ${why}`)
    .optional();

const text = z.string().nullish();

export const kubeconfigSchema = z.object({
  'current-context': z.string().min(1),
  contexts: z.array(
    z.object({ name: z.string(), context: z.object({ cluster: z.string(), user: z.string().optional() }) }),
  ),
  clusters: z.array(z.object({ name: z.string(), cluster: z.unknown() })),
  users: z.array(z.object({ name: z.string(), user: z.unknown() })).nullish(),
});

export const clusterSchema = z.object({
  server: z.string(),
  'tls-server-name': text,
  'certificate-authority': text,
  'certificate-authority-data': text,
  'insecure-skip-tls-verify': refused(
    'not followed, because whoever answers in the server’s place would get the token: give the cluster’s certificate-authority-data, and tls-server-name where the certificate has another name',
  ),
  'proxy-url': refused(
    'not followed: this product speaks to the server itself. Let the app into the server’s network instead',
  ),
});

export const userSchema = z.object({
  token: text,
  tokenFile: text,
  'client-certificate': text,
  'client-certificate-data': text,
  'client-key': text,
  'client-key-data': text,
  exec: z.object({ command: z.string(), args: z.array(z.string()).nullish() }).nullish(),
  'auth-provider': z
    .object({ name: z.string(), config: z.object({ 'apiserver-id': z.string().optional() }).nullish() })
    .nullish(),
  username: refused('not used: API servers have taken no passwords since Kubernetes 1.19. Give a token'),
  password: refused('not used: API servers have taken no passwords since Kubernetes 1.19. Give a token'),
  as: refused('not followed: give the credentials of the user that is meant'),
  'as-uid': refused('not followed: give the credentials of the user that is meant'),
  'as-groups': refused('not followed: give the credentials of the user that is meant'),
  'as-user-extra': refused('not followed: give the credentials of the user that is meant'),
});
