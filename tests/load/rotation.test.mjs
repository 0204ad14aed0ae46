// The keys of receipts change under load at two instances with one file: every decision that is asked for with a receipt has one, and the
// other instance finds it genuine, whichever of the two has read the file already. A key that is revoked under load signs nothing any more
// once its instance has read the file, what it signed is genuine nowhere after that, and no request fails either.
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { screening } from './bodies.mjs';
import { sleep, start, stop } from './service.mjs';

const full = process.env.SCREENING_FULL === '1';
const rotations = full ? 60 : 3;
const clients = full ? 32 : 4;
const folder = mkdtempSync(join(tmpdir(), 'rotation-'));
after(() => rmSync(folder, { recursive: true }));

const file = join(folder, 'keys.json');
const settings = { Receipts__Keys: file, Shutdown__DrainSeconds: '0' };
const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' });

/** Replaces the file as orchestrators do: by a rename. */
function replace(text) {
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
}

const write = keys => replace(JSON.stringify({ keys }));

async function post(service, path, body, headers = {}) {
    const response = await fetch(`http://127.0.0.1:${service.port}${path}`, {
        method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body,
    });
    const answer = await response.json();
    assert.equal(response.status, 200, JSON.stringify(answer));
    return answer;
}

async function receiptOf(service) {
    const { receipt } = await post(service, '/v1/screenings', screening, { Prefer: 'receipt' });
    assert.equal(typeof receipt, 'string');
    return receipt;
}

const verified = (service, receipt) => post(service, '/v1/decisions/verify', JSON.stringify({ receipt }));
const nameOf = receipt => JSON.parse(Buffer.from(receipt.split('.')[0], 'base64url')).kid;

/** Waits until all instances publish so many keys: each has read the file then. */
async function publish(services, count) {
    for (const service of services) {
        for (let tries = 0; ; tries++) {
            const { keys } = await (await fetch(`http://127.0.0.1:${service.port}/.well-known/jwks.json`)).json();
            if (keys.length === count) break;
            assert.ok(tries < 300, 'the file is not read within 30 s');
            await sleep(100);
        }
    }
}

/** The names of the keys that an instance publishes as revoked. */
async function revokedNames(service) {
    const { keys } = await (await fetch(`http://127.0.0.1:${service.port}/.well-known/jwks.json`)).json();
    return new Set(keys.filter(({ revoked }) => revoked).map(({ kid }) => kid));
}

test('keys rotate under load and no request fails', async () => {
    const keys = [{ state: 'current', pem: newKey() }, { state: 'next', pem: newKey() }];
    write(keys);
    const [one, other] = [await start({ settings }), await start({ settings })];
    const names = new Set();
    let [asked, ended] = [0, false];
    const work = Array.from({ length: clients }, async (_, number) => {
        const [signs, checks] = number % 2 === 0 ? [one, other] : [other, one];
        while (!ended) {
            const receipt = await receiptOf(signs);
            names.add(nameOf(receipt));
            const { genuine, replay } = await verified(checks, receipt);
            assert.deepEqual([genuine, replay.result], [true, 'identical']);
            asked++;
        }
    });
    const rotate = async () => {
        for (let rotation = 0; rotation < rotations; rotation++) {
            keys.at(-2).state = 'retired';
            keys.at(-1).state = 'current';
            keys.push({ state: 'next', pem: newKey() });
            write(keys);
            await publish([one, other], keys.length);
            replace('{ "keys": [');
            const before = asked;
            while (asked < before + clients * 2) await sleep(10);
        }
    };
    try {
        // A client that fails ends the test at once.
        await Promise.race([rotate(), Promise.all(work).then(() => assert.fail('the clients ended first'))]);
    } finally {
        ended = true;
    }
    await Promise.all(work);
    assert.equal(names.size, rotations + 1);
    if (full) console.log(`${rotations} rotations, ${asked} receipts signed and verified, none failed`);
    assert.deepEqual([await stop(one), await stop(other)], [0, 0]);
});

test('keys are revoked under load: nothing that one of them signed is genuine after it, and no request fails', async () => {
    const revocations = full ? 20 : 3;
    const entry = (state, pem) => state === 'revoked'
        ? { state, pem, revokedAt: '2026-05-01T00:00:00Z', reason: 'compromised' }
        : { state, pem };
    const keys = [newKey(), newKey()];
    const listed = () => keys.map((pem, i) => entry(['current', 'next'][i - keys.length + 2] ?? 'revoked', pem));
    write(listed());
    const [one, other] = [await start({ settings }), await start({ settings })];
    const signed = [];
    let [published, ended] = [0, false];

    // Each client checks at the instance that signed: it has read of its own key what it has.
    const work = Array.from({ length: clients }, async (_, number) => {
        const service = number % 2 === 0 ? one : other;
        while (!ended) {
            const began = published;
            const receipt = await receiptOf(service);
            const { genuine, flaw } = await verified(service, receipt);
            assert.ok(genuine || flaw === 'key-revoked', flaw);
            signed.push({ receipt, name: nameOf(receipt), began });
        }
    });
    const revoke = async () => {
        for (let revocation = 0; revocation < revocations; revocation++) {
            const before = signed.length;
            while (signed.length < before + clients * 4) await sleep(10);
            keys.push(newKey());
            write(listed());
            await publish([one, other], keys.length);

            // Whoever asks from here on asks an instance that has read it.
            published = revocation + 1;
            const gone = await revokedNames(one);
            assert.equal(gone.size, published);
            const asked = () => signed.filter(({ began }) => began === published);
            while (asked().length < clients * 4) await sleep(10);
            const after = asked();
            assert.deepEqual(after.filter(({ name }) => gone.has(name)).length, 0, 'a revoked key signs');
            const theirs = signed.filter(({ name }) => gone.has(name));
            for (const { receipt } of [theirs[0], theirs.at(-1), ...theirs.slice(-clients)]) {
                for (const service of [one, other]) {
                    const { genuine, flaw, key, replay } = await verified(service, receipt);
                    assert.deepEqual(
                        [genuine, flaw, key.state, key.revoked.reason, replay.why],
                        [false, 'key-revoked', 'revoked', 'compromised', 'not-genuine']);
                }
            }
        }
    };
    try {
        await Promise.race([revoke(), Promise.all(work).then(() => assert.fail('the clients ended first'))]);
    } finally {
        ended = true;
    }
    await Promise.all(work);
    assert.equal(new Set(signed.map(({ name }) => name)).size, revocations + 1);
    if (full) console.log(`${revocations} revocations, ${signed.length} receipts signed, none failed`);
    assert.deepEqual([await stop(one), await stop(other)], [0, 0]);
});

test('what was signed before a restart is genuine after it, also with the keys as variables', async () => {
    const pem = newKey();
    write([{ state: 'current', pem }]);
    const before = await start({ settings });
    const receipt = await receiptOf(before);
    assert.equal(await stop(before), 0);
    const variables = { Receipts__Keys__0__State: 'current', Receipts__Keys__0__Pem: pem, Shutdown__DrainSeconds: '0' };
    for (const again of [await start({ settings }), await start({ settings: variables })]) {
        const { genuine, key, replay } = await verified(again, receipt);
        assert.deepEqual([genuine, key.state, replay.result], [true, 'current', 'identical']);
        assert.equal(nameOf(await receiptOf(again)), nameOf(receipt));
        assert.equal(await stop(again), 0);
    }
});
