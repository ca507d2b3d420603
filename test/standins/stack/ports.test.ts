import { createServer } from 'node:net';

import { claimPorts } from '../../../standins/stack/ports';

const FREE = { functions: 0, aci: 0, blob: 0, queue: 0, table: 0 };

test('zeros become free ports that differ from each other', async () => {
  const ports: readonly number[] = Object.values({ ...(await claimPorts(FREE)) });
  expect(new Set(ports).size).toBe(5);
  expect(Math.min(...ports)).toBeGreaterThan(1023);
});

test('the port for TLS is claimed only where it is asked for', async () => {
  expect(await claimPorts(FREE)).not.toHaveProperty('aciTls');
  const { aci, aciTls } = await claimPorts({ ...FREE, aciTls: 0 });
  expect(aciTls).toBeGreaterThan(1023);
  expect(aciTls).not.toBe(aci);
});

test('a taken port is refused with the setting that moves it', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no TCP address.');
  try {
    await expect(claimPorts({ ...FREE, aci: address.port })).rejects.toThrow(
      `Port ${address.port} on 127.0.0.1 cannot be used: end what listens there, or set GPU_JOBS_ACI_PORT`,
    );
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
});
