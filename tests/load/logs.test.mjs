// A log that cannot be written: decisions go on, what was dropped is counted, and SIGTERM is obeyed.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { screening } from './bodies.mjs';
import { Client, exchange, freePort, pipes, sleep, start, stop } from './service.mjs';

const logs = {
    'full (/dev/full)': { shell: 'exec "$@" >/dev/full' },
    closed: { shell: 'exec "$@" >&-' },
    // Then the runtime's first pipe has the number of standard output.
    'closed, and the input too': { shell: 'exec "$@" <&- >&-' },
    'a file as large as it may be': { shell: 'log=$(mktemp); exec 3>"$log"; rm "$log"; exec "$@" >&3', largest: 20_000 },
    'a pipe whose reader has gone': { shell: 'pipe=$(mktemp -u); mkfifo "$pipe"; exec 3<>"$pipe" >"$pipe" 3<&-; rm "$pipe"; exec "$@"' },
    // The queue holds what the pipe does not take.
    'a pipe that nobody reads': { stdout: 'pipe', dropsNone: true },
};

for (const environment of ['Production', 'Development']) {
    for (const [name, options] of Object.entries(logs)) {
        test(`${name}, ${environment}`, async () => {
            const metricsPort = await freePort();
            const settings = { Shutdown__DrainSeconds: '0', ASPNETCORE_ENVIRONMENT: environment, Metrics__Port: metricsPort };
            const service = await start({ ...options, settings });
            if (options.largest) execFileSync('prlimit', [`--fsize=${options.largest}`, `--pid=${service.pid}`]);
            const clients = Array.from({ length: 4 }, () => new Client(service.port, screening));
            let left = 3000; // more than a pipe holds
            await Promise.all(clients.map(client => client.run(() => left-- > 0)));
            for (const client of clients) assert.deepEqual([[...client.statuses.keys()], client.failures], [[200], 0]);
            clients.forEach(client => client.close());
            if (!options.stdout) assert.doesNotMatch(pipes(service), /screenings/, 'the log went into a pipe of the service');
            while (!options.dropsNone && await dropped(metricsPort) === 0) await sleep(100);
            assert.equal(await stop(service), 0);
        });
    }
}

/** How many lines the page of metrics says were dropped. */
async function dropped(port) {
    const { text } = await exchange(port, 'GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    return Number(/^screening_log_dropped_total\S* (\d+)/m.exec(text)[1]);
}

test('what was dropped is counted once the log can be written again', async () => {
    const service = await start({ stdout: 'pipe', settings: { Shutdown__DrainSeconds: '0' } });
    const client = new Client(service.port, screening);
    let left = 15_000; // more than pipe and queue hold
    await client.run(() => left-- > 0);
    let text = '';
    service.child.stdout.setEncoding('utf8').on('data', part => { text += part; });
    left = 50;
    await client.run(() => left-- > 0);
    client.close();
    const ended = once(service.child.stdout, 'end');
    assert.equal(await stop(service), 0);
    await ended;
    const told = text.split('\n').filter(line => line.includes('DroppedLines')).map(line => JSON.parse(line).DroppedLines);
    const dropped = told.reduce((sum, one) => sum + one, 0);
    const written = text.split('\n').filter(line => line.includes('/v1/screenings')).length;
    assert.ok(dropped > 0);
    assert.equal(written + dropped, 15_050, `${written} written, ${dropped} dropped`);
});
