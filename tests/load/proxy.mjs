// Starts the proxy of src/Deploy, as it is written there, before instances of the service.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { endWithTests, freePort, get, sleep } from './service.mjs';

const config = fileURLToPath(new URL('../../src/Deploy/proxy/haproxy.cfg', import.meta.url));

/** Starts it before two ports; its own port, once an instance answers through it. */
export async function startProxy([one, two]) {
    const gateway = await freePort();
    const addresses = { GATEWAY: `127.0.0.1:${gateway}`, ONE: `127.0.0.1:${one}`, TWO: `127.0.0.1:${two}` };
    const env = { ...process.env, ...addresses };
    endWithTests(spawn('haproxy', ['-db', '-f', config], { stdio: ['ignore', 'ignore', 'inherit'], env }));
    await untilReady(gateway);
    return gateway;
}

/** Waits until an instance is ready behind the proxy. */
export async function untilReady(gateway) {
    while (await get(gateway, '/health/ready').catch(failure => failure.code) !== 200) await sleep(50);
}
