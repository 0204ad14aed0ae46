// SIGTERM under load: readiness fails first, nothing that was accepted is lost, and the process ends by itself.
import assert from 'node:assert/strict';
import net from 'node:net';
import { test } from 'node:test';
import { screening } from './bodies.mjs';
import { Client, get, post, sleep, start } from './service.mjs';

const full = process.env.SCREENING_FULL === '1';
const rounds = full ? 100 : 3;

test(`SIGTERM under load, ${rounds} times`, async context => {
    let answered = 0, slowest = 0;
    for (let round = 0; round < rounds; round++) {
        const service = await start({ settings: { Shutdown__DrainSeconds: '1', Batch__IdleSeconds: '600' } });
        let ended = false;
        service.exited.then(() => { ended = true; });
        const batches = [batch(service.port, 'idle'), batch(service.port, 'dripping'), batch(service.port, 'unread')];
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
        service.child.kill('SIGTERM');
        await sleep(200);
        const ready = await get(service.port, '/health/ready');
        const code = await Promise.race([service.exited, sleep(35_000).then(() => 'timeout')]);
        slowest = Math.max(slowest, Date.now() - begun);
        await Promise.all(running);
        if (code === 'timeout') service.child.kill('SIGKILL');
        assert.equal(ready, 503, `round ${round}: ready`);
        assert.equal(code, 0, `round ${round}: exit`);
        assert.deepEqual(lost, [], `round ${round}`);
        for (const one of batches) one.check();
    }
    context.diagnostic(`${answered} answers; the slowest end after ${(slowest / 1000).toFixed(1)} s`);
});

/** A batch that is open when the service stops; every line of its answer is whole, and a batch that reads is told where it stopped. */
function batch(port, kind) {
    const line = screening + '\n';
    const socket = net.connect(port, '127.0.0.1').on('error', () => {});
    let text = '', sent = 0, timer;
    const send = () => {
        sent++;
        socket.write(Buffer.byteLength(line).toString(16) + '\r\n' + line + '\r\n');
    };
    socket.write('POST /v1/screenings/batch HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n');
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
            const lines = text.slice(text.indexOf('\r\n\r\n') + 4).split('\r\n').filter(part => part.startsWith('{')).join('').split('\n').filter(Boolean).map(part => JSON.parse(part));
            const last = lines.pop();
            assert.equal(last.status, 503, `${kind}: the last line`);
            assert.equal(last.line, lines.length + 1, kind);
            assert.ok(lines.length >= 1 && lines.every(one => one.eligibility), kind);
        },
    };
}
