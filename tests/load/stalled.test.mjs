// Clients that stop: in their headers, in a body, before they read. Each costs a connection for seconds, and others go on.
import assert from 'node:assert/strict';
import net from 'node:net';
import { test } from 'node:test';
import { largeHookCall, screening } from './bodies.mjs';
import { Client, count, describe, lives, memory, post, sleep, start, stop } from './service.mjs';

const full = process.env.SCREENING_FULL === '1';
const each = full ? 660 : 60;
const hook = largeHookCall();

test(`${3 * each} stalled connections are closed, and others go on`, async context => {
    const service = await start({ heapMiB: 384 });
    const booking = new Client(service.port, screening);
    const calm = await during(booking, 2000);
    const before = memory(service);
    const kinds = {
        nothing: '',
        headers: 'POST /v1/screenings HTTP/1.1\r\nHost: local',
        bodies: post('/v1/screenings', screening).subarray(0, 600),
        'large bodies': post('/cds-services/sublative-rf-appointment-book', hook).subarray(0, 10_000),
    };
    const stalled = Object.entries(kinds).flatMap(([kind, bytes]) => Array.from({ length: Math.ceil(3 * each / 5) }, () => stall(kind, service.port, bytes)));
    // Requests for much more than the system holds for a connection, and nobody reads it.
    const many = 'GET /openapi/v1.json HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(100);
    stalled.push(...Array.from({ length: Math.ceil(3 * each / 5) }, () => stall('readers', service.port, many, true)));
    await during(booking, 2000);
    const busy = await during(booking, 9000);
    const after = memory(service);
    await sleep(2000);
    // A socket that is not read from does not notice that it was closed.
    stalled.forEach(one => one.socket.resume());
    await sleep(1000);
    const open = count(stalled.filter(one => !one.closed).map(one => one.kind));
    context.diagnostic(`calm: ${describe(calm)}`);
    context.diagnostic(`beside ${stalled.length} stalled: ${describe(busy)}; resident ${before.toFixed(0)} -> ${after.toFixed(0)} MiB`);
    context.diagnostic(`still open after 13 s: ${open}`);
    assert.ok(lives(service));
    assert.equal(booking.failures, 0, String(booking.lastFailure));
    assert.equal(open, 'none');
    booking.close();
    stalled.forEach(one => one.socket.destroy());
    assert.equal(await stop(service), 0);
});

async function during(client, milliseconds) {
    const begun = Date.now();
    await client.run(() => Date.now() - begun < milliseconds, { pause: 4 });
    return client.times.splice(0);
}

function stall(kind, port, bytes, unread = false) {
    const one = { kind, closed: false };
    const close = () => { one.closed = true; };
    one.socket = net.connect(port, '127.0.0.1').on('error', close).on('close', close);
    one.socket.write(bytes);
    if (unread) one.socket.pause();
    else one.socket.resume();
    return one;
}
