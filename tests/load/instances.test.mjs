// Two instances behind the proxy of src/Deploy, one service: restarted one after the other under load, opening what the other made, and
// letting each client in as often as both do together.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { hookCall, screening } from './bodies.mjs';
import { startProxy, untilBothUp, untilReady } from './proxy.mjs';
import { Client, count, describe, folder, freePort, get, start, stop } from './service.mjs';

const full = process.env.SCREENING_FULL === '1';
const rounds = full ? 5 : 1;
const files = mkdtempSync(join(tmpdir(), 'instances-'));
after(() => rmSync(files, { recursive: true }));

// What instances share, and nothing else.
const shared = {
    DecisionLinks__Key: randomBytes(32).toString('base64'),
    CarePlans__Key: randomBytes(32).toString('base64'),
    Receipts__Keys: join(files, 'receipts.json'),
    Access__KnownNetworks: '127.0.0.0/8',
    // Longer than the proxy takes to see it; at full length what the service comes with.
    ...full ? {} : { Shutdown__DrainSeconds: '3' },
};

let ports, gateway, instances;

before(async () => {
    const pem = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' });
    writeFileSync(shared.Receipts__Keys, JSON.stringify({ keys: [{ state: 'current', pem }] }));
    ports = [await freePort(), await freePort()];
    instances = await startBoth({});
    gateway = await startProxy(ports);
});

const startBoth = further => Promise.all(ports.map(port => start({ port, settings: { ...shared, ...further } })));

/** Ends an instance and starts it again where it was. */
async function restart(i, further = {}) {
    assert.equal(await stop(instances[i]), 0);
    instances[i] = await start({ port: ports[i], settings: { ...shared, ...further } });
    // The proxy sees it a moment later; until then the other one serves.
    await untilBothUp(gateway);
}

const url = (port, path) => `http://127.0.0.1:${port}${path}`;
const json = (port, path, body, headers = {}) => fetch(url(port, path), {
    method: 'POST', headers: { 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
});

test(`both are restarted under load, ${rounds} times, and no request fails`, async context => {
    let running = true;
    const clients = Array.from({ length: 4 }, () => new Client(gateway, screening));
    const load = clients.map(client => client.run(() => running, { pause: full ? 0 : 5 }));
    try {
        for (let round = 0; round < rounds; round++) {
            await restart(0);
            await restart(1);
        }
    } finally {
        running = false;
        await Promise.all(load);
    }
    clients.forEach(client => client.close());
    const statuses = clients.flatMap(client => [...client.statuses].flatMap(([status, n]) => Array(n).fill(status)));
    context.diagnostic(`${count(statuses)}; ${describe(clients.flatMap(client => client.times))}`);
    assert.deepEqual(clients.map(client => client.lastFailure), clients.map(() => undefined));
    assert.deepEqual([...new Set(statuses)], [200]);
});

test('what one instance made, the other opens, and one with another key does not', async () => {
    const card = (await (await json(ports[0], hookCall.path, hookCall.body)).json()).cards.find(one => one.links?.length > 0);
    const path = new URL(card.links.find(link => link.url.includes('/v1/decisions/')).url).pathname;
    const stranger = await start({ settings: { ...shared, DecisionLinks__Key: randomBytes(32).toString('base64') } });
    const opened = await Promise.all([...ports, gateway, stranger.port].map(port => get(port, path)));
    assert.deepEqual(opened, [200, 200, 200, 404]);
    await stop(stranger);

    const { receipt } = await (await json(ports[0], '/v1/screenings', screening, { Prefer: 'receipt' })).json();
    const verified = await (await json(ports[1], '/v1/decisions/verify', { receipt })).json();
    assert.equal(verified.genuine, true, JSON.stringify(verified));

    const { reference, ...nameless } = JSON.parse(screening);
    const entries = await Promise.all(ports.map(async port => {
        const response = await json(port, '/v1/care-plans?preview=true', nameless, { Accept: 'text/calendar' });
        return (await response.text()).match(/^UID:.*$/gm);
    }));
    assert.ok(entries[0]?.length > 0, 'no entries');
    assert.deepEqual(entries[0], entries[1]);
});

test('a client has the permits of both together', async () => {
    const permits = 100; // the least that can be set
    const file = join(files, 'clients.json');
    const key = execFileSync('dotnet', ['Screening.Api.dll', 'new-key', 'salon-1', '--file', file], { cwd: folder, encoding: 'utf8' })
        .match(/scr_\S+/)[0];
    const directory = JSON.parse(readFileSync(file));
    directory.clients[0].permitsPerMinute = permits;
    writeFileSync(file, JSON.stringify(directory));
    const limited = { Access__Open: 'false', Access__Clients: file, Shutdown__DrainSeconds: '0' };
    await Promise.all(instances.map(stop));
    instances = await startBoth(limited);
    await untilReady(gateway);

    // Until neither has any left. What comes back in the meantime is little beside what is asked for.
    const ask = async port => {
        const response = await fetch(url(port, '/v1/protocols'), { headers: { 'X-Api-Key': key } });
        await response.arrayBuffer();
        return response.status;
    };
    const through = [], direct = [];
    while (direct.slice(-2).filter(status => status === 429).length < 2) {
        through.push(...await Promise.all(Array.from({ length: 20 }, () => ask(gateway))));
        for (const port of ports) direct.push(await ask(port));
        assert.ok(through.length < 100 * permits, 'nobody is limited');
    }
    const admitted = statuses => statuses.filter(status => status === 200).length;
    assert.ok(admitted([...through, ...direct]) >= 2 * permits, count([...through, ...direct]));
    assert.ok(admitted(through) > permits, count(through));
    assert.deepEqual([...new Set(through)].sort(), [200, 429]);
});
