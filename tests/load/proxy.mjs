// Starts the proxy of src/Deploy, as it is written there, before instances of the service.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { endWithTests, freePort, get, sleep } from './service.mjs';

const config = fileURLToPath(new URL('../../src/Deploy/proxy/haproxy.cfg', import.meta.url));

const files = [];
after(() => files.forEach(file => rmSync(file, { force: true })));

// Where the proxy says what it knows of the instances; for tests alone.
const statistics = gateway => join(tmpdir(), `haproxy-${gateway}.sock`);

/** Starts it before two ports; its own port, once an instance answers through it. */
export async function startProxy([one, two]) {
    const gateway = await freePort();
    const addresses = { GATEWAY: `127.0.0.1:${gateway}`, ONE: `127.0.0.1:${one}`, TWO: `127.0.0.1:${two}` };
    const further = `${statistics(gateway)}.cfg`;
    writeFileSync(further, `global\n    stats socket ${statistics(gateway)} mode 600 level user\n`);
    files.push(further, statistics(gateway));
    const env = { ...process.env, ...addresses };
    const proxy = spawn('haproxy', ['-db', '-f', config, '-f', further], { stdio: ['ignore', 'ignore', 'inherit'], env });
    let ended;
    proxy.once('error', failure => { ended = failure.message; }).once('exit', code => { ended = `the proxy ended with ${code}`; });
    endWithTests(proxy);
    await untilReady(gateway, () => ended);
    return gateway;
}

/** Waits until an instance is ready behind the proxy, as long as nothing says why there will be none. */
export async function untilReady(gateway, failure = () => undefined) {
    while (await get(gateway, '/health/ready').catch(failed => failed.code) !== 200) {
        if (failure()) throw new Error(failure());
        await sleep(50);
    }
}

/** Waits until the proxy has seen that both instances are ready. */
export async function untilBothUp(gateway) {
    for (let up = 0; up < 2; up < 2 && await sleep(50)) {
        const socket = net.connect(statistics(gateway)).setEncoding('utf8');
        let told = '';
        socket.on('data', text => { told += text; });
        socket.write('show stat\n');
        await once(socket, 'close');
        up = told.split('\n').filter(line => /^screening,(one|two),/.test(line) && line.split(',')[17] === 'UP').length;
    }
}
