// Five ways to check receipts that have none of the service's code: each takes texts and a key set, and says of each text whether it is
// good. A tool that does not know `revoked` is given the other keys alone, as the documentation tells third parties.
import { execFile } from 'node:child_process';
import { createHash, createPublicKey, webcrypto } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { SDJwtInstance } from '@sd-jwt/core';
import { verify } from './service.mjs';

const run = promisify(execFile);
const project = new URL('../csharp', import.meta.url).pathname;
const good = ({ keys }) => keys.filter((key) => !key.revoked);
const header = (receipt) => JSON.parse(Buffer.from(receipt.split('.')[0], 'base64url'));

/** Whether a promise holds; what it throws is a no. */
const holds = (promise) => promise.then(() => true, () => false);

/** The example of the documentation, with npm's jose. */
async function example(receipts, set) {
  return Promise.all(receipts.map((receipt) => holds(verify(receipt, set))));
}

/**
 * npm's @sd-jwt/core, which brings its own reading of disclosures and leaves hash and signature to the platform. It passes over a
 * disclosure that no digest names (RFC 9901 wants it refused): as many claims must come out as disclosures went in.
 */
async function sdJwt(receipts, set) {
  return Promise.all(receipts.map(async (receipt) => {
    const key = good(set).find(({ kid }) => kid === header(receipt).kid);
    if (!key) return false;
    const es256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
    const imported = await webcrypto.subtle.importKey('jwk', { ...key, key_ops: ['verify'] }, es256, false, ['verify']);
    const instance = new SDJwtInstance({
      hashAlg: 'sha-256',
      hasher: (data, algorithm) => createHash(algorithm.replace('-', '')).update(Buffer.from(data)).digest(),
      verifier: (data, signature) => webcrypto.subtle.verify(es256, imported, Buffer.from(signature, 'base64url'), Buffer.from(data)),
    });
    return instance.verify(receipt).then(
      ({ payload }) => ['request', 'findings'].filter((name) => name in payload).length === receipt.split('~').length - 2,
      () => false,
    );
  }));
}

/** Debian's `jose` for the signature, coreutils for the digests. */
async function joseCommand(receipts, set) {
  return inFolder(async (folder) => {
    writeFileSync(`${folder}/keys.json`, JSON.stringify({ keys: good(set) }));
    const digests = await disclosuresHold(receipts, folder, 'sha256sum', ['--']);
    return inTurn(receipts, async (receipt, index) => {
      writeFileSync(`${folder}/${index}.jws`, receipt.split('~')[0]);
      return digests[index] && holds(run('jose', ['jws', 'ver', '-i', `${folder}/${index}.jws`, '-k', `${folder}/keys.json`]));
    });
  });
}

/** `openssl` alone, which takes a signature in DER. */
async function openssl(receipts, set) {
  return inFolder(async (folder) => {
    for (const [index, key] of set.keys.entries()) {
      writeFileSync(`${folder}/${index}.pem`, createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' }));
    }
    const digests = await disclosuresHold(receipts, folder, 'openssl', ['dgst', '-sha256', '-r']);
    return inTurn(receipts, async (receipt, index) => {
      const [head, payload, signature] = receipt.split('~')[0].split('.');
      const key = set.keys.findIndex(({ kid, revoked }) => kid === header(receipt).kid && !revoked);
      writeFileSync(`${folder}/${index}.signed`, `${head}.${payload}`);
      writeFileSync(`${folder}/${index}.der`, der(Buffer.from(signature, 'base64url')));
      return key >= 0 && digests[index] && holds(run('openssl', [
        'dgst', '-sha256', '-verify', `${folder}/${key}.pem`, '-signature', `${folder}/${index}.der`, `${folder}/${index}.signed`,
      ]));
    });
  });
}

/** The base library of .NET, in a program without the service's code. */
async function baseLibrary(receipts, set) {
  return inFolder(async (folder) => {
    writeFileSync(`${folder}/receipts`, receipts.map((receipt) => `${receipt}\n`).join(''));
    writeFileSync(`${folder}/jwks.json`, JSON.stringify(set));
    const { stdout } = await run('dotnet', [
      'run', '--no-build', '--project', project, '--', 'receipts', `${folder}/receipts`, `${folder}/jwks.json`,
    ]);
    return stdout.trim().split('\n').map((line) => line === 'good');
  });
}

export const verifiers = {
  'the example with npm\'s jose': example, '@sd-jwt/core': sdJwt, 'jose on the command line': joseCommand, openssl,
  'the base library': baseLibrary,
};

async function inFolder(work) {
  const folder = mkdtempSync(`${tmpdir()}/receipts-`);
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The results in order, with some processes at a time. */
async function inTurn(items, check) {
  const results = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) results[index] = await check(items[index], index);
  };
  await Promise.all(Array.from({ length: 2 * availableParallelism() }, worker));
  return results;
}

/** Whether each disclosure of a receipt is one that its payload names, by a tool that prints the digests of files in their order. */
async function disclosuresHold(receipts, folder, tool, options) {
  const files = [];
  receipts.forEach((receipt, index) => receipt.split('~').slice(1, -1).forEach((disclosure, place) => {
    writeFileSync(`${folder}/${index}.${place}`, disclosure);
    files.push({ index, path: `${folder}/${index}.${place}` });
  }));
  const { stdout } = await run(tool, [...options, ...files.map(({ path }) => path)], { maxBuffer: 64 * 1024 * 1024 });
  const lines = stdout.trim().split('\n');
  const open = receipts.map((receipt) => new Set(JSON.parse(Buffer.from(receipt.split('.')[1], 'base64url'))._sd));
  const hold = receipts.map(() => true);
  files.forEach(({ index }, line) => {
    const digest = Buffer.from(lines[line].slice(0, 64), 'hex').toString('base64url');
    if (!open[index].delete(digest)) hold[index] = false;
  });
  return hold;
}

/** r and s as DER has them. */
function der(signature) {
  const integer = (bytes) => {
    const first = bytes.findIndex((byte) => byte !== 0);
    const trimmed = bytes.subarray(first < 0 ? bytes.length - 1 : first);
    return Buffer.from([2, trimmed.length + (trimmed[0] >> 7), ...(trimmed[0] >> 7 ? [0] : []), ...trimmed]);
  };
  const parts = Buffer.concat([integer(signature.subarray(0, 32)), integer(signature.subarray(32))]);
  return Buffer.concat([Buffer.from([0x30, parts.length]), parts]);
}
