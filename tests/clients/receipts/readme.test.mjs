// The commands of the page on receipts, run as they stand there. Environment: SCREENING_URL.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { tmpdir } from 'node:os';
import { after, before, test } from 'node:test';
import { decisions } from './service.mjs';

const page = readFileSync(new URL('../../../src/Screening.Api/Receipts/README.md', import.meta.url), 'utf8');
const commands = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, command]) => command);
const command = (part) => {
  const found = commands.filter((one) => one.includes(part));
  assert.equal(found.length, 1, part);
  return found[0];
};
const folder = mkdtempSync(`${tmpdir()}/page-`);
const written = (name) => readFileSync(`${folder}/${name}`, 'utf8');
const sh = (text) => execFileSync('sh', ['-ec', text], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
let decision;

before(async () => {
  [decision] = await decisions(1);
  cpSync(new URL('../../../src/Screening.Api/Receipts/verify.mjs', import.meta.url), `${folder}/verify.mjs`);
  cpSync(new URL('./node_modules/jose', import.meta.url), `${folder}/node_modules/jose`, { recursive: true });
  writeFileSync(`${folder}/receipt`, `${decision.receipt}\n`);
});
after(() => rmSync(folder, { recursive: true }));

test('what is cut off is gone, and the example proves the rest', () => {
  sh(command('>status\n'));
  const [jws, request] = decision.receipt.split('~');
  assert.deepEqual([written('status'), written('status-and-request')], [`${jws}~\n`, `${jws}~${request}~\n`]);
  const check = command('npm install');
  // The package is here already, in the version that its lock names.
  const proven = sh(check.replace(/^npm install .*\n/, '').replace('https://screening.example.org', process.env.SCREENING_URL));
  assert.equal(proven.match(new RegExp(`eligibility: '${decision.eligibility}'`, 'g')).length, 2);
  assert.equal(proven.match(/findings: \{/g).length, 1);
  writeFileSync(`${folder}/receipt`, `${decision.receipt.slice(0, -1)}A~\n`);
  assert.throws(() => sh('node verify.mjs jwks.json <receipt'));
});

test('the example is at most 40 lines', () => assert.ok(written('verify.mjs').split('\n').length <= 41));

test('a key is made, signs after the other, and the other is kept by its public half and revoked', () => {
  const list = () => JSON.parse(written('keys.json')).keys;
  sh('openssl ecparam -name prime256v1 -genkey -noout -out 2026-11.pem');
  const name = (pem) => createPublicKey(pem).export({ format: 'jwk' }).x;
  const old = name(written('2026-11.pem'));
  sh(command('openssl ecparam'));
  assert.equal(createPrivateKey(written('2027-05.pem')).asymmetricKeyDetails.namedCurve, 'prime256v1');
  assert.deepEqual(list().map(({ state }) => state), ['current', 'next']);
  sh(command('openssl ec '));
  assert.deepEqual(list().map(({ state, file }) => [state, existsSync(`${folder}/${file}`)]), [['current', true], ['retired', true]]);
  assert.equal(name(written('2026-11.pub.pem')), old);
  assert.match(written('2026-11.pub.pem'), /^-----BEGIN PUBLIC KEY-----/);
  assert.ok(!existsSync(`${folder}/2026-11.pem`));
  sh(command('"revoked"'));
  assert.deepEqual(list().map(({ state, file }) => [state, existsSync(`${folder}/${file}`)]), [['current', true], ['revoked', true]]);
});
