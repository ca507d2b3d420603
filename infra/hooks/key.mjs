// Prints a key of the app, for `gpujobs profile add … --key -`. Run by a person, it asks azd for the environment.
import { azd, deploymentFrom, keyOf, main, say } from './deployment.mjs';

main(async () => {
  const { env } = process;
  const values =
    env.GPUJOBS_URL === undefined ? JSON.parse(await azd('env', 'get-values', '--output', 'json')) : {};
  const all = { ...env, ...values };
  say(await keyOf(deploymentFrom(all), all));
});
