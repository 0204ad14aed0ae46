// Clients that stop: in their headers, in a body, before they read. Each costs a connection for seconds, and others go on.
import assert from 'node:assert/strict';
import net from 'node:net';
import { test } from 'node:test';
import { largeHookCall, screening } from './bodies.mjs';
import { Client, describe, lives, memory, post, quantile, sleep, sockets, start, stop } from './service.mjs';

const [each, waves] = process.env.SCREENING_FULL === '1' ? [250, 8] : [27, 2];
const many = (path, times) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n\r\n`.repeat(times);
const kinds = Object.values({
    nothing: '',
    headers: 'POST /v1/screenings HTTP/1.1\r\nHost: local',
    bodies: post('/v1/screenings', screening).subarray(0, 600),
    'bodies in chunks': 'POST /v1/screenings HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n'
        + 'Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n',
    'large bodies': post('/cds-services/sublative-rf-appointment-book', largeHookCall()).subarray(0, 10_000),
    // More than the system holds for a connection, and nobody reads it.
    'readers of large documents': many('/openapi/v1.json', 20),
    'readers of small ones': many('/problems', 300),
    // All is sent but for what the server itself holds, which then closes.
    'readers of the last part': many('/problems', 36) + many('/problems', 1).replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'),
});

test(`${kinds.length * each} stalled connections are closed, ${waves} times, and others go on`, async context => {
    const service = await start({ heapMiB: 384 });
    const booking = new Client(service.port, screening);
    const calm = await during(booking, 2000);
    const before = sockets(service);
    const resident = [memory(service)];
    for (let wave = 1; wave <= waves; wave++) {
        const begun = Date.now();
        const stalled = kinds.flatMap(bytes => Array.from({ length: each }, () => stall(service.port, bytes)));
        const busy = await during(booking, 9000);
        resident.push(memory(service));
        while (sockets(service) > before && Date.now() - begun < 30_000) await sleep(100);
        const [open, seconds] = [sockets(service) - before, (Date.now() - begun) / 1000];
        context.diagnostic(`beside ${stalled.length} stalled: ${describe(busy)}; normally: ${describe(calm)}`);
        context.diagnostic(`${open} still open after ${seconds.toFixed(1)} s`);
        stalled.forEach(socket => socket.destroy());
        assert.ok(lives(service));
        assert.equal(booking.failures, 0, String(booking.lastFailure));
        assert.equal(open, 0, 'still open after 30 s');
        if (quantile(busy, 0.99) > quantile(calm, 0.99) + 50) context.diagnostic('over: the p99 is more than 50 ms above the normal one');
    }
    context.diagnostic(`resident: ${resident.map(one => one.toFixed(0)).join(', ')} MiB`);
    // The first wave finds the process new; after it, memory moves with the collections of garbage, and does not grow.
    const [first, last] = [resident.slice(1, 1 + waves / 2), resident.slice(1 + waves / 2)].map(mean);
    assert.ok(last < first * 1.1 + 20, `${first.toFixed(0)} MiB, then ${last.toFixed(0)}`);
    booking.close();
    assert.equal(await stop(service), 0);
});

const mean = numbers => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

async function during(client, milliseconds) {
    const begun = Date.now();
    await client.run(() => Date.now() - begun < milliseconds, { pause: 4 });
    return client.times.splice(0);
}

/** A connection that sends these bytes and reads nothing. */
function stall(port, bytes) {
    const socket = net.connect(port, '127.0.0.1').on('error', () => {}).pause();
    socket.write(bytes);
    return socket;
}
