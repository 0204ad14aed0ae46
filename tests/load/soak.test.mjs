// Steady load: no error, and memory that does not grow.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { screening } from './bodies.mjs';
import { Client, describe, memory, sleep, start, stop } from './service.mjs';

const full = process.env.SCREENING_FULL === '1';
const seconds = full ? 900 : 60;

test(`${seconds} s at about 70 % of what it can do`, async context => {
    const service = await start();
    const clients = Array.from({ length: 4 }, () => new Client(service.port, screening));
    const whole = await during(clients, 3000, 0);
    const rate = whole.length / 3;
    // Each client pauses so long that together they make 70 % of it.
    const pause = Math.max(1, 1000 * clients.length / (0.7 * rate) - whole.reduce((sum, one) => sum + one, 0) / whole.length);
    const samples = [];
    let sampling = true;
    const sampler = (async () => {
        const begun = Date.now();
        while (sampling) {
            samples.push([(Date.now() - begun) / 3_600_000, memory(service)]);
            await sleep(seconds * 10);
        }
    })();
    const times = await during(clients, seconds * 1000, pause);
    sampling = false;
    await sampler;
    context.diagnostic(`${(times.length / seconds).toFixed(0)} of ${rate.toFixed(0)} requests a second; ${describe(times)}`);
    const warm = samples.filter(([hours]) => hours * 3600 > seconds / 5);
    context.diagnostic(
        `resident ${warm[0][1].toFixed(1)} -> ${warm.at(-1)[1].toFixed(1)} MiB; slope ${slope(warm).toFixed(2)} MiB an hour`);
    // A short run is all warm-up.
    if (full) assert.ok(slope(warm) < 4, 'memory grows');
    for (const client of clients) assert.deepEqual([[...client.statuses.keys()], client.failures], [[200], 0]);
    clients.forEach(client => client.close());
    assert.equal(await stop(service), 0);
});

async function during(clients, milliseconds, pause) {
    const begun = Date.now();
    await Promise.all(clients.map(client => client.run(() => Date.now() - begun < milliseconds, { pause })));
    return clients.flatMap(client => client.times.splice(0));
}

/** Least squares. */
function slope(points) {
    const mean = i => points.reduce((sum, point) => sum + point[i], 0) / points.length;
    const [x, y] = [mean(0), mean(1)];
    return points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0)
        / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}
