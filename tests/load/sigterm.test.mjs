// SIGTERM under load: readiness fails first, nothing that was accepted is lost, and the process ends by itself.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { test } from 'node:test';
import { screening } from './bodies.mjs';
import { Client, folder, get, sleep, start, stop } from './service.mjs';

const description = 'GET /openapi/v1.json HTTP/1.1\r\nHost: localhost\r\n\r\n';
const full = process.env.SCREENING_FULL === '1';
// The last with the drain that the service comes with.
const drains = [...Array.from({ length: full ? 100 : 3 }, () => 1), ...full ? [undefined] : []];

test(`SIGTERM under load, ${drains.length} times`, async context => {
    let answered = 0, slowest = 0;
    for (const [round, drain] of drains.entries()) {
        const service = await start({ settings: { Batch__IdleSeconds: '600', ...drain && { Shutdown__DrainSeconds: drain } } });
        let ended = false;
        service.exited.then(() => { ended = true; });
        const batches = [batch(service.port, 'idle'), batch(service.port, 'dripping'), batch(service.port, 'unread')];
        // It asks for more than the system holds for it, and takes the longest: one time is enough.
        if (round === 0) net.connect(service.port, '127.0.0.1').on('error', () => {}).pause().write(description.repeat(20));
        const clients = Array.from({ length: 8 }, () => new Client(service.port, screening));
        let closed = false; // whether new connections are refused
        const lost = [];
        const running = clients.map(async client => {
            while (!ended && !closed) {
                const fresh = !client.socket?.writable || client.socket.destroyed;
                try {
                    const status = await client.once();
                    answered++;
                    if (status !== 200) lost.push(status);
                } catch (failure) {
                    // Refused, or closed while it waited to be accepted: it was not accepted, and nothing of an answer came.
                    if (!fresh || failure.answered) lost.push(failure.message);
                    closed = true;
                }
            }
            client.socket?.destroy();
        });
        await sleep(300);
        const begun = Date.now();
        const stopped = stop(service);
        let ready;
        do {
            ready = await get(service.port, '/health/ready').catch(failure => failure.code);
        } while (ready === 200);
        const code = await stopped;
        const took = (Date.now() - begun) / 1000;
        slowest = Math.max(slowest, took);
        await Promise.all(running);
        assert.equal(ready, 503, `round ${round}: ready`);
        assert.equal(code, 0, `round ${round}: exit`);
        assert.ok(took < 30, `round ${round}: ${took} s`);
        assert.deepEqual(lost, [], `round ${round}`);
        for (const one of batches) one.check();
    }
    context.diagnostic(`${answered} answers; the slowest end after ${slowest.toFixed(1)} s`);
});

test('SIGTERM during the start ends it at once, and well', async () => {
    const child = spawn('dotnet', ['Screening.Api.dll'], {
        cwd: folder, stdio: 'ignore', env: { ...process.env, ASPNETCORE_URLS: 'http://127.0.0.1:0', Access__Open: 'true' },
    });
    const exited = once(child, 'exit');
    // The program's own code runs, and it is long before it listens.
    while (!readFileSync(`/proc/${child.pid}/maps`, 'utf8').includes('/Microsoft.AspNetCore.Server.Kestrel.Core.dll')) await sleep(1);
    child.kill('SIGTERM');
    assert.deepEqual(await exited, [0, null]);
});

// While the log is given its time, everything else is disposed of.
for (const [log, stdout] of [['that nobody reads', 'pipe'], ['that is read', 'ignore']]) {
    test(`signal after signal until the end, with a log ${log}`, async () => {
        for (let round = 0; round < (full ? 20 : 3); round++) {
            const service = await start({ stdout, settings: { Shutdown__DrainSeconds: '0' } });
            const client = new Client(service.port, screening);
            let left = 1000; // more than a pipe holds
            await client.run(() => left-- > 0);
            client.close();
            const signals = setInterval(() => service.child.kill('SIGTERM'), 3);
            assert.equal(await stop(service), 0, `round ${round}`);
            clearInterval(signals);
        }
    });
}

/** A batch that is open when the service stops; every line of its answer is whole, and a batch that reads is told where it stopped. */
function batch(port, kind) {
    const line = screening + '\n';
    const socket = net.connect(port, '127.0.0.1').on('error', () => {});
    let text = '', sent = 0, timer;
    const send = () => {
        sent++;
        socket.write(Buffer.byteLength(line).toString(16) + '\r\n' + line + '\r\n');
    };
    socket.write(
        'POST /v1/screenings/batch HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n'
            + 'Transfer-Encoding: chunked\r\n\r\n');
    send();
    if (kind === 'dripping') timer = setInterval(send, 50);
    if (kind === 'unread') {
        socket.pause();
        timer = setInterval(() => { for (let i = 0; i < 20; i++) send(); }, 20);
    }
    socket.on('data', chunk => { text += chunk.toString('utf8'); });
    socket.on('close', () => clearInterval(timer));
    return {
        check() {
            clearInterval(timer);
            socket.destroy();
            if (kind === 'unread') return;
            const lines = text.slice(text.indexOf('\r\n\r\n') + 4)
                .split('\r\n').filter(part => part.startsWith('{')).join('').split('\n').filter(Boolean).map(part => JSON.parse(part));
            const last = lines.pop();
            assert.equal(last.status, 503, `${kind}: the last line`);
            assert.equal(last.line, lines.length + 1, kind);
            assert.ok(lines.length >= 1 && lines.every(one => one.eligibility), kind);
        },
    };
}
