// Whoever takes metrics and traces may be gone, hang or read nothing: decisions go on as if nobody were asked, and SIGTERM is obeyed in time.
import assert from 'node:assert/strict';
import net from 'node:net';
import { after, test } from 'node:test';
import { screening } from './bodies.mjs';
import { Client, describe, exchange, sleep, start, stop } from './service.mjs';

const listen = onConnection => new Promise(resolve => {
    const server = net.createServer(onConnection).listen(0, '127.0.0.1', () => resolve(server));
    after(() => server.close());
});
const held = new Set();
const hangs = await listen(socket => { held.add(socket.on('error', () => {})); });
after(() => held.forEach(socket => socket.destroy()));
const gone = await listen(() => {});
const gonePort = gone.address().port;
await new Promise(resolve => gone.close(resolve));
// An address for documents (RFC 5737): a connection is never answered, or there is no way there.
const peers = { gone: `http://127.0.0.1:${gonePort}`, hanging: `http://127.0.0.1:${hangs.address().port}`, silent: 'http://192.0.2.1:4317' };

for (const protocol of ['grpc', 'http/protobuf']) {
    for (const [name, address] of Object.entries(peers)) {
        test(`${name}, ${protocol}`, async context => {
            const service = await start({
                settings: {
                    Shutdown__DrainSeconds: '0', OTEL_EXPORTER_OTLP_ENDPOINT: address, OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
                    OTEL_BSP_SCHEDULE_DELAY: '100', OTEL_METRIC_EXPORT_INTERVAL: '500',
                },
            });
            const clients = Array.from({ length: 4 }, () => new Client(service.port, screening));
            let left = 6000; // more than the queue of spans holds
            await Promise.all(clients.map(client => client.run(() => left-- > 0)));
            for (const client of clients) assert.deepEqual([[...client.statuses.keys()], client.failures], [[200], 0]);
            clients.forEach(client => client.close());
            if (name === 'hanging') assert.ok(held.size > 0, 'nothing was sent');
            const begun = Date.now();
            assert.equal(await stop(service), 0);
            const took = (Date.now() - begun) / 1000;
            context.diagnostic(`${describe(clients.flatMap(client => client.times))}; ended after ${took.toFixed(1)} s`);
            assert.ok(took < 20, `${took} s`);
        });
    }
}

test('who scrapes and reads nothing, and many who only connect', async context => {
    const free = await listen(() => {});
    const metrics = free.address().port;
    await new Promise(resolve => free.close(resolve));
    const service = await start({ settings: { Shutdown__DrainSeconds: '0', Metrics__Port: `${metrics}` } });
    const page = await exchange(metrics, 'GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    assert.equal(page.status, 200);
    const idle = Array.from({ length: 100 }, () => net.connect(metrics, '127.0.0.1').on('error', () => {}));
    const deaf = net.connect(metrics, '127.0.0.1').on('error', () => {});
    deaf.pause();
    deaf.write('GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(200));
    await sleep(500);
    const client = new Client(service.port, screening);
    let left = 1000;
    await client.run(() => left-- > 0);
    assert.deepEqual([[...client.statuses.keys()], client.failures], [[200], 0]);
    client.close();
    const begun = Date.now();
    assert.equal(await stop(service), 0);
    const took = (Date.now() - begun) / 1000;
    context.diagnostic(`ended after ${took.toFixed(1)} s`);
    assert.ok(took < 20, `${took} s`);
    [...idle, deaf].forEach(socket => socket.destroy());
});
