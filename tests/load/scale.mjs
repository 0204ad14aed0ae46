// What src/Scale.md is made of, and a test reckons the rest of that page from: the processor time of a decision as a request, as a line of
// a batch and as a line of the command, and whether two instances behind the proxy keep up with the loads that the page promises.
// `tests/load/run scale` runs it, on a machine that does nothing else. DURATION (seconds, default 20) is how long each load lasts.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { screening } from './bodies.mjs';
import { startProxy } from './proxy.mjs';
import { Client, describe, folder, sleep, start, stop } from './service.mjs';

const seconds = Number(process.env.DURATION ?? 20);
const settings = { Limits__PerMinute: '10000000', Limits__Burst: '10000000', Serilog__MinimumLevel__Default: 'Information' };
const work = mkdtempSync(join(tmpdir(), 'scale-'));
after(() => rmSync(work, { recursive: true }));

/** The processor time of a process in seconds: user and system time, in hundredths, behind the name, which may hold blanks. */
const cpu = pid => readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/.*\) /s, '').split(' ').slice(11, 13)
    .reduce((sum, ticks) => sum + Number(ticks), 0) / 100;

function report(context, name, spent, decisions) {
    const each = (spent / decisions * 1e6).toFixed(1);
    context.diagnostic(`${name}: ${each} µs a decision, ${Math.round(decisions / spent * 60)} a minute on a core`);
}

test('as requests', async context => {
    const service = await start({ settings });
    const run = async until => {
        const clients = Array.from({ length: 4 }, () => new Client(service.port, screening));
        await Promise.all(clients.map(client => client.run(() => Date.now() < until)));
        clients.forEach(client => client.close());
        return clients.flatMap(client => client.times);
    };
    await run(Date.now() + seconds * 500);
    const before = cpu(service.pid);
    const times = await run(Date.now() + seconds * 1000);
    report(context, 'requests', cpu(service.pid) - before, times.length);
    context.diagnostic(describe(times));
    await stop(service);
});

test('as lines of a batch', async context => {
    const service = await start({ settings });
    const lines = 5000, block = Buffer.from(`${screening}\n`.repeat(lines));
    const send = async () => {
        const post = http.request({ host: '127.0.0.1', port: service.port, method: 'POST', path: '/v1/screenings/batch',
            headers: { 'Content-Type': 'application/x-ndjson' } }).end(block);
        const [response] = await once(post, 'response');
        let answered = 0;
        for await (const chunk of response) for (const byte of chunk) answered += byte === 10;
        assert.equal(answered, lines);
    };
    for (const until = Date.now() + seconds * 500; Date.now() < until;) await send();
    const before = cpu(service.pid);
    let sent = 0;
    for (const until = Date.now() + seconds * 1000; Date.now() < until; sent += lines) await send();
    report(context, 'batch', cpu(service.pid) - before, sent);
    await stop(service);
});

test('as lines of the command', async context => {
    const lines = 20_000 * seconds, input = join(work, 'in');
    writeFileSync(input, `${screening}\n`.repeat(lines));
    const args = ['Screening.Api.dll', 'screen', '--input', input, '--output', join(work, 'out')];
    const child = spawn('dotnet', args, { cwd: folder, stdio: 'ignore', env: { ...process.env, DOTNET_GCgen0size: '400000' } });
    let spent = 0;
    const timer = setInterval(() => { spent = Math.max(spent, cpu(child.pid)); }, 20);
    const [code] = await once(child, 'exit');
    clearInterval(timer);
    assert.equal(code, 0);
    report(context, 'command, with its start', spent, lines);
});

// The last is about what two instances of a core each have room for, at the autoscaler's 60 %.
for (const perMinute of [1000, 100_000, 400_000]) {
    test(`${perMinute} a minute at two instances`, async context => {
        const instances = await Promise.all([0, 1].map(() => start({ settings })));
        const gateway = await startProxy(instances.map(one => one.port));
        const clients = Array.from({ length: 16 }, () => new Client(gateway, screening));
        // What the start and the compiler take is not the load's.
        const warmUp = Date.now() + seconds * 500;
        await Promise.all(clients.map(client => client.run(() => Date.now() < warmUp)));
        clients.forEach(client => { client.times = []; });
        await sleep(seconds * 250);
        const begun = Date.now(), before = instances.map(one => cpu(one.pid));
        let due = 0;
        await Promise.all(clients.map(async client => {
            while (Date.now() < begun + seconds * 1000) {
                // The next of all that are due, whoever is free.
                const at = begun + due++ * 60_000 / perMinute;
                if (at > Date.now()) await sleep(at - Date.now());
                let sent = false;
                await client.run(() => !sent && (sent = true));
            }
            client.close();
        }));
        const elapsed = (Date.now() - begun) / 1000;
        const times = clients.flatMap(client => client.times);
        const cores = instances.map((one, i) => (cpu(one.pid) - before[i]) / elapsed);
        const taken = cores.map(share => share.toFixed(3)).join(' and ');
        context.diagnostic(`${Math.round(times.length / elapsed * 60)} a minute, cores ${taken}, ${describe(times)}`);
        assert.deepEqual(clients.map(client => client.lastFailure), clients.map(() => undefined));
        assert.deepEqual([...new Set(clients.flatMap(client => [...client.statuses.keys()]))], [200]);
        await Promise.all(instances.map(stop));
    });
}
