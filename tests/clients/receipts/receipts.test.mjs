// The example for third parties, with npm's jose, against receipts of the service and all that can be done to one.
// Environment: SCREENING_URL.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { CompactSign, calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import { decisions, keySet, told, turned, verify } from './service.mjs';

let published;
let receipts;

const refused = (receipt, flaw, keys = published) => assert.rejects(verify(receipt, keys), flaw && { message: flaw });

before(async () => {
  published = await keySet();
  receipts = await decisions(20);
});

test('another key under the same name, and a revoked one, prove nothing', async () => {
  const [{ receipt }] = receipts;
  const key = published.keys.find((one) => !one.revoked);
  const { x, y } = await exportJWK((await generateKeyPair('ES256', { extractable: true })).publicKey);
  await refused(receipt, undefined, { keys: [{ ...key, x, y }] });
  await refused(receipt, 'key-revoked', { keys: [{ ...key, revoked: { revoked_at: 1, reason: 'compromised' } }] });
  await refused(receipt, 'unknown-key', { keys: [] });
});

test('every bit counts', async () => {
  const { receipt } = receipts[7];
  for (let place = 0; place < receipt.length; place += 1) {
    for (let bit = 0; bit < 8; bit += 1) {
      const changed = String.fromCharCode(receipt.charCodeAt(place) ^ (1 << bit));
      await refused(receipt.slice(0, place) + changed + receipt.slice(place + 1));
    }
  }
});

test('every bit of what the parts say counts', async () => {
  const { receipt } = receipts[0];
  const parts = receipt.split(/[.~]/).slice(0, -1);
  let turns = 0;
  for (const part of parts) {
    const begin = receipt.indexOf(part);
    for (const other of turned(part)) {
      await refused(receipt.slice(0, begin) + other + receipt.slice(begin + part.length));
      turns += 1;
    }
  }
  assert.equal(turns, parts.reduce((bits, part) => bits + Buffer.from(part, 'base64url').length * 8, 0));
});

/** r and s as an integer of DER. */
const integer = (bytes) => {
  const trimmed = Buffer.from([0, ...bytes]).subarray(bytes.findIndex((byte) => byte !== 0) + 1);
  const value = trimmed[0] & 0x80 ? Buffer.concat([Buffer.from([0]), trimmed]) : trimmed;
  return Buffer.concat([Buffer.from([2, value.length]), value]);
};

test('what was done to a receipt is refused, by the service alike', async () => {
  const [{ receipt }, { receipt: other }] = receipts;
  const [jws, request, findings] = receipt.split('~');
  const [header, payload, signature] = jws.split('.');
  const bytes = Buffer.from(signature, 'base64url');
  const parts = Buffer.concat([integer(bytes.subarray(0, 32)), integer(bytes.subarray(32))]);
  const der = Buffer.concat([Buffer.from([0x30, parts.length]), parts]).toString('base64url');
  const altered = [
    `${receipt}=`, `${receipt} `, `${receipt}\n`, ` ${receipt}`, `${jws}==~${request}~${findings}~`, `${jws} ~${request}~${findings}~`,
    `${jws}\n~${request}~${findings}~`, `${jws}~${request}=~${findings}~`, `${header}.${payload}.${der}~${request}~${findings}~`,
    `${header}.${payload}.~${request}~${findings}~`, receipt.slice(0, -1), jws, `${jws}~~`, `${jws}~${request}~${findings}~${jws}`,
    `${jws}~${request}~~${findings}~`,
    `${jws}~${request}~${request}~`, `${jws}~${request}~${other.split('~')[2]}~`, `${jws}~${other.split('~')[1]}~${findings}~`,
    `${header}.${other.split('.')[1]}.${signature}~${request}~${findings}~`, '', '~',
  ];
  for (const text of altered) {
    await refused(text);
    const answer = await told(text);
    assert.equal(answer.genuine, false, JSON.stringify(answer));
  }
});

test('what was cut off is missing, and the rest still counts', async () => {
  const [jws, request, findings] = receipts[0].receipt.split('~');
  const alone = await verify(`${jws}~`, published);
  assert.deepEqual([alone.eligibility, 'request' in alone, 'findings' in alone], [receipts[0].eligibility, false, false]);
  assert.deepEqual([(await told(`${jws}~`)).genuine, (await told(`${jws}~`)).replay.why], [true, 'no-request']);
  assert.ok((await verify(`${jws}~${request}~`, published)).request);
  assert.equal((await told(`${jws}~${request}~`)).replay.result, 'identical');
  assert.ok((await verify(`${jws}~${findings}~`, published)).findings);
  assert.equal((await told(`${jws}~${findings}~`)).bound, 'not-provable');
});

test('the twin of a signature is as good and has the same leaf', async () => {
  const { receipt } = receipts[0];
  const [, , signature] = receipt.split('~')[0].split('.');
  const bytes = Buffer.from(signature, 'base64url');
  const order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551n;
  const twin = (order - BigInt(`0x${bytes.subarray(32).toString('hex')}`)).toString(16).padStart(64, '0');
  const text = receipt.replace(signature, Buffer.concat([bytes.subarray(0, 32), Buffer.from(twin, 'hex')]).toString('base64url'));
  assert.notEqual(text, receipt);
  const [one, twins] = [await verify(receipt, published), await verify(text, published)];
  assert.deepEqual([twins.jti, twins.leaf], [receipts[0].decisionId, one.leaf]);
  const service = await told(text);
  assert.deepEqual([service.genuine, service.leaf], [true, one.leaf]);
});

test('another header is refused under a good signature', async () => {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  const keys = { keys: [{ ...jwk, kid }] };
  const good = { alg: 'ES256', kid, typ: 'screening-decision+sd-jwt' };
  const signed = async (header) => `${await new CompactSign(Buffer.from('{"_sd":[]}')).setProtectedHeader(header).sign(privateKey)}~`;
  assert.ok(await verify(await signed(good), keys));
  for (const header of [
    { ...good, typ: 'JWT' }, { ...good, typ: 'screening-batch+jwt' }, { alg: 'ES256', kid }, { ...good, cty: 'json' },
    { alg: 'ES256', typ: good.typ, kid },
  ]) {
    await refused(await signed(header), 'other-kind', keys);
  }
  await refused(await signed({ ...good, kid: 'A'.repeat(43) }), 'unknown-key', keys);
  const [, payload, signature] = (await signed(good)).split('.');
  const none = Buffer.from(JSON.stringify({ ...good, alg: 'none' })).toString('base64url');
  await refused(`${none}.${payload}.${signature}`, 'other-kind', keys);
});
