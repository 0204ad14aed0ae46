// Five verifiers that know nothing of the service agree on the same thousand receipts, and each says no where it must.
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { before, test } from 'node:test';
import { decisions, keySet, receiptsOfDoors, told, verify } from './service.mjs';
import { verifiers } from './verifiers.mjs';

const COUNT = 1000;
const OF_EACH_DOOR = 25;
let published;
let decided;
let receipts;
let ofDoors;

const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });

before(async () => {
  published = await keySet();
  decided = await decisions(COUNT);
  receipts = decided.map(({ receipt }) => receipt);
  ofDoors = await receiptsOfDoors(OF_EACH_DOOR);
});

test('the receipts are of every status and prove the decisions that they came with', async () => {
  assert.equal(new Set(receipts).size, COUNT);
  assert.equal(new Set(decided.map((one) => one.eligibility)).size, 6);
  for (const decision of decided) {
    const proven = await verify(decision.receipt, published);
    assert.equal(proven.jti, decision.decisionId);
    assert.equal(proven.eligibility, decision.eligibility);
    assert.deepEqual(proven.findings.reasons.map((one) => one.ruleId), decision.reasons.map((one) => one.ruleId));
    assert.ok(proven.request.answers);
  }
});

test('the receipts of the other doors are theirs, and the service finds them genuine', async () => {
  assert.deepEqual(Object.keys(ofDoors).sort(), ['$screen', 'care-plans', 'cds-services', 'move']);
  for (const [door, theirs] of Object.entries(ofDoors)) {
    assert.equal(new Set(theirs).size, OF_EACH_DOOR);
    assert.equal((await verify(theirs[0], published)).door, door);
    const { genuine, replay } = await told(theirs[0]);
    assert.deepEqual([genuine, replay.result], [true, 'identical'], door);
  }
});

for (const [name, check] of Object.entries(verifiers)) {
  test(`${name}: a thousand receipts are good`, async () => {
    assert.deepEqual(await check(receipts, published), receipts.map(() => true));
  });

  test(`${name}: receipts of every other door are good, and one with a part of another is not`, async () => {
    for (const [door, theirs] of Object.entries(ofDoors)) {
      const [jws, , findings] = theirs[0].split('~');
      const swapped = `${jws}~${theirs[1].split('~')[1]}~${findings}~`;
      assert.deepEqual(await check([...theirs, swapped], published), [...theirs.map(() => true), false], door);
    }
  });

  test(`${name}: what was altered is not, nor what another key signed`, async () => {
    const [receipt, other] = receipts;
    const [jws, request, findings] = receipt.split('~');
    const [header, payload, signature] = jws.split('.');
    const [otherJws, otherRequest] = other.split('~');
    const rest = `~${request}~${findings}~`;
    const altered = [
      `${header}.${otherJws.split('.')[1]}.${signature}${rest}`,
      `${header}.${payload}.${otherJws.split('.')[2]}${rest}`,
      `${jws}~${otherRequest}~${findings}~`,
    ];

    // The good one beside them shows that a no is about the text.
    assert.deepEqual(await check([receipt, ...altered], published), [true, false, false, false]);
    const replaced = { keys: published.keys.map((key) => ({ ...key, ...newKey() })) };
    assert.deepEqual(await check([receipt], replaced), [false]);
  });

  test(`${name}: what a revoked key signed is not`, async () => {
    const revoked = published.keys.map((key) => ({ ...key, revoked: { revoked_at: 1777593600, reason: 'compromised' } }));
    const set = { keys: [...revoked, { ...newKey(), kid: 'another', use: 'sig', alg: 'ES256' }] };
    assert.deepEqual(await check(receipts.slice(0, 3), set), [false, false, false]);
  });
}
