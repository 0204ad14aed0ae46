// More connections and large bodies than the process can hold: it lives, screenings go on, and what is refused is told to come back.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import net from 'node:net';
import { test } from 'node:test';
import { hostileBodies, largeHookCall, screening } from './bodies.mjs';
import { Client, count, describe, exchange, folder, lives, memory, post, quantile, sleep, start, stop } from './service.mjs';

const full = process.env.SCREENING_FULL === '1';
const hook = largeHookCall();

for (const nofile of full ? [400, 1024, 20000] : [400]) {
    test(`with ${nofile} descriptors and 384 MiB of heap`, async context => {
        const service = await start({ nofile, heapMiB: 384 });
        const booking = new Client(service.port, screening);
        const calm = await measure(booking, full ? 5000 : 2000);

        let attacking = true;
        const idle = connections(service.port, full ? 2000 : 600, '');
        const half = post('/cds-services/sublative-rf-appointment-book', hook).subarray(0, 900_000);
        const halves = connections(service.port, full ? 500 : 200, half);
        const answers = [];
        const attack = Promise.all([
            ...Array.from({ length: 50 }, () => send(service.port, post('/cds-services/sublative-rf-appointment-book', hook), answers)),
            ...Array.from({ length: 10 }, (_, i) =>
                send(service.port, post('/cds-services/sublative-rf-appointment-book', hostileBodies[i % hostileBodies.length]), answers)),
        ]).finally(() => { attacking = false; });
        const begun = Date.now();
        await booking.run(() => attacking || Date.now() - begun < (full ? 10_000 : 3000), { pause: 4 });
        await attack;
        const busy = booking.times.splice(0);
        context.diagnostic(`calm: ${describe(calm)}`);
        context.diagnostic(`attacked: ${describe(busy)}; ${memory(service).toFixed(0)} MiB resident`);
        context.diagnostic(`large calls: ${count(answers.map(one => one.status || one.how))}`);
        if (quantile(busy, 0.99) > 100) context.diagnostic('over: the p99 is more than 100 ms');

        assert.ok(lives(service), 'the process lives');
        // On a busy machine the client itself may pause for a second, and lose its place to others that came in it.
        const few = full ? 0 : Math.max(2, busy.length / 100);
        const refused = booking.statuses.get(503) ?? 0;
        assert.ok(refused + booking.failures <= few, `${refused} of ${busy.length} refused, ${booking.failures} failed: ${booking.lastFailure}`);
        assert.deepEqual([...booking.statuses.keys()].filter(status => status !== 503), [200]);
        for (const answer of answers.filter(one => one.status === 503)) assert.ok(Number(answer.retryAfter) > 0, answer.text.slice(0, 300));
        for (const answer of answers) assert.ok([0, 200, 400, 412, 413, 422, 503].includes(answer.status), answer.text.slice(0, 300));
        booking.close();
        idle.forEach(socket => socket.destroy());
        halves.forEach(socket => socket.destroy());
        const after = []; // all of it is given back
        while (after.at(-1)?.status !== 200 && after.length < 20) {
            await send(service.port, post('/cds-services/sublative-rf-appointment-book', hook), after);
            await sleep(500);
        }
        assert.equal(after.at(-1).status, 200, `a large call afterwards: ${after.at(-1).text}`);
        assert.equal(await stop(service), 0);
    });
}

// Node cannot set a socket's buffer, and a system that takes megabytes for the reader spares the service.
const unreadPipelines = `
import socket, sys, time
requests = b'GET /problems HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n' * 10000
readers = []
for _ in range(1900):
    reader = socket.socket()
    reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    reader.settimeout(5)
    try:
        reader.connect(('127.0.0.1', int(sys.argv[1])))
        reader.setblocking(False)
        reader.send(requests)
    except OSError:
        pass
    readers.append(reader)
time.sleep(4)
`;

test('with 384 MiB of heap, clients that send many requests and read no answer', async context => {
    const service = await start({ heapMiB: 384, settings: { Shutdown__DrainSeconds: '0' } });
    await once(spawn('python3', ['-c', unreadPipelines, service.port], { stdio: ['ignore', 'inherit', 'inherit'] }), 'exit');
    assert.ok(lives(service), 'the process lives');
    context.diagnostic(`${memory(service).toFixed(0)} MiB resident`);
    const booking = new Client(service.port, screening);
    while (await booking.once().catch(() => 0) !== 200) await sleep(100);
    booking.close();
    assert.equal(await stop(service), 0);
});

for (const [nofile, inherited] of [[260, 0], [400, 40]]) {
    test(`with ${nofile} descriptors, ${inherited} of them inherited, the process needs more, says so and ends`, async () => {
        const open = openSync('/dev/null');
        const child = spawn('prlimit', [`--nofile=${nofile}:${nofile}`, 'dotnet', 'Screening.Api.dll'], {
            cwd: folder, stdio: ['ignore', 'pipe', 'inherit', ...Array(inherited).fill(open)],
            env: { ...process.env, ASPNETCORE_URLS: 'http://127.0.0.1:0', Access__Open: 'true' },
        });
        closeSync(open);
        const limit = setTimeout(() => child.kill('SIGKILL'), 20_000);
        const [[code], parts] = await Promise.all([once(child, 'exit'), child.stdout.toArray()]);
        clearTimeout(limit);
        assert.equal(code, 1);
        assert.match(JSON.parse(parts.join('')).Reason, /ulimit -n/);
    });
}

async function measure(client, milliseconds) {
    const begun = Date.now();
    await client.run(() => Date.now() - begun < milliseconds, { pause: 4 });
    return client.times.splice(0);
}

function connections(port, count, bytes) {
    return Array.from({ length: count }, () => {
        const socket = net.connect(port, '127.0.0.1').on('error', () => {});
        socket.resume();
        if (bytes.length) socket.write(bytes);
        return socket;
    });
}

// A connection that was closed before it was served has no answer; it counts as refused.
const send = (port, bytes, answers) =>
    exchange(port, bytes, { timeout: 60_000 })
        .catch(failure => ({ how: failure.code, status: 0, text: '' })).then(answer => answers.push(answer));
