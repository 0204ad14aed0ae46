// Signed tokens at the service as a process: keys from where an issuer publishes them, and at full length more tokens of a CDS client than
// the service keeps in mind.
import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { sleep, start, stop } from './service.mjs';

const full = process.env.SCREENING_FULL === '1';
const most = 100_000; // UsedTokens.Max
const publicUrl = 'https://screening.example.org';
const hook = '/cds-services/sublative-rf-appointment-book';
const folder = mkdtempSync(join(tmpdir(), 'tokens-'));
after(() => rmSync(folder, { recursive: true }));

const signAsync = promisify(sign);
const seconds = () => Math.floor(Date.now() / 1000);
const encoded = value => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A key pair with a name. */
function signer(kid) {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    return { kid, jwk: { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig' }, privateKey };
}

async function token({ kid, privateKey }, typ, claims) {
    const signed = `${encoded({ alg: 'RS384', typ, kid })}.${encoded({ iat: seconds(), exp: seconds() + 300, ...claims })}`;
    return `${signed}.${(await signAsync('sha384', Buffer.from(signed), privateKey)).toString('base64url')}`;
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 16 });
after(() => agent.destroy());

/** The status of a request with a token. */
async function status(service, bearer, { method = 'GET', path = '/v1/protocols', body } = {}) {
    const headers = { Authorization: `Bearer ${bearer}`, ...body ? { 'Content-Type': 'application/json' } : {} };
    const request = http.request({ agent, host: '127.0.0.1', port: service.port, method, path, headers }).end(body);
    const [response] = await once(request, 'response');
    response.resume();
    await once(response, 'end');
    return response.statusCode;
}

/** Starts the service with an issuers file. */
function startWith(name, issuers, further) {
    const file = join(folder, name);
    writeFileSync(file, JSON.stringify(issuers));
    return start({ settings: { Access__Open: 'false', Access__Issuers: file, ...further?.settings }, stdout: further?.stdout });
}

test('keys are those that the metadata of an issuer leads to', async () => {
    const keys = [signer('first')];
    let issuer;
    const server = http.createServer((request, response) => {
        const documents = {
            '/.well-known/openid-configuration': { issuer, jwks_uri: `${issuer}/keys` },
            '/keys': { keys: keys.map(one => one.jwk) },
        };
        response.writeHead(documents[request.url] ? 200 : 404, { 'Content-Type': 'application/json' });
        response.end(JSON.stringify(documents[request.url]));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    issuer = `http://127.0.0.1:${server.address().port}`;
    const service = await startWith('issuers.json', {
        issuers: [{ id: 'login', issuer, audiences: [publicUrl], metadata: `${issuer}/.well-known/openid-configuration` }],
    });
    const access = (by, claims) =>
        token(by, 'at+jwt', { iss: issuer, aud: publicUrl, client_id: 'salon-1', scope: 'screening.evaluate', ...claims });

    assert.equal(await status(service, await access(keys[0])), 200);
    assert.equal(await status(service, await access(keys[0], { scope: 'other' })), 403);
    assert.equal(await status(service, await access(keys[0], { aud: 'https://another.example.org' })), 401);
    assert.equal(await status(service, await access(signer('first'))), 401);

    // A new key is fetched when a token names it.
    keys.push(signer('second'));
    let last;
    for (let tries = 0; tries < 100 && last !== 200; tries++) {
        last = await status(service, await access(keys[1]));
        if (last !== 200) await sleep(200);
    }
    assert.equal(last, 200);

    // An issuer that is gone keeps nobody out.
    server.close();
    server.closeAllConnections();
    for (const one of keys) assert.equal(await status(service, await access(one)), 200);
    assert.equal(await stop(service), 0);
});

test(`after ${most} tokens of one CDS client`, { skip: !full }, async context => {
    const [ehr, other] = ['ehr', 'other'].map(signer);
    const log = join(folder, 'log');
    const service = await startWith('cds.json', {
        cdsClients: [ehr, other].map(one => ({ id: one.kid, issuer: `https://${one.kid}.example.org`, jwks: { keys: [one.jwk] } })),
    }, {
        settings: { Service__PublicUrl: publicUrl, Limits__PerMinute: '10000000', Limits__Burst: '10000000' },
        stdout: openSync(log, 'w'),
    });
    let number = 0;
    const call = async by => status(
        service, await token(by, 'JWT', { iss: `https://${by.kid}.example.org`, aud: publicUrl + hook, jti: `call-${number++}` }),
        { method: 'POST', path: hook, body: '{}' });

    // 400: whoever sends an empty call was let in.
    const begun = Date.now();
    let left = most;
    const answers = new Map();
    await Promise.all(Array.from({ length: 16 }, async () => {
        while (left-- > 0) {
            const answer = await call(ehr);
            answers.set(answer, (answers.get(answer) ?? 0) + 1);
        }
    }));
    const elapsed = (Date.now() - begun) / 1000;
    context.diagnostic(`${most} calls in ${elapsed.toFixed(0)} s: ${JSON.stringify([...answers])}`);
    assert.ok(elapsed < 300, 'the first are still good: on a slower machine there is nothing to see');
    assert.deepEqual([...answers], [[400, most]]);

    for (let i = 0; i < 3; i++) {
        assert.equal(await call(ehr), 401);
        assert.equal(await call(other), 400);
    }

    // It recovers as tokens end, 330 seconds after they were signed.
    let last;
    while (last !== 400 && Date.now() - begun < 400_000) {
        await sleep(5000);
        last = await call(ehr);
    }
    context.diagnostic(`let in again after ${((Date.now() - begun) / 1000).toFixed(0)} s`);
    assert.equal(last, 400);
    assert.equal(await stop(service), 0);
    const refusals = new Set(readFileSync(log, 'utf8').split('\n').map(line => /"Refusal":"([^"]+)"/.exec(line)?.[1]).filter(Boolean));
    assert.deepEqual([...refusals], ['tokens-full']);
});
