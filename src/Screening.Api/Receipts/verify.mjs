// Is this receipt genuine? Offline, without the service: node verify.mjs jwks.json < receipt
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { compactVerify, importJWK } from 'jose';

const form = /^([\w-]+)\.([\w-]+)\.([\w-]{86})~((?:[\w-]+~)*)$/;
const sha256 = (text) => createHash('sha256').update(text).digest('base64url');
const members = '{"alg":"ES256","kid":"KID","typ":"screening-decision+sd-jwt"}';

// jose alone passes stray bits, padding and white space: each part must be the text that its bytes have.
const decode = (part) => {
  const bytes = Buffer.from(part, 'base64url');
  if (bytes.toString('base64url') !== part) throw new Error('malformed');
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
};

/** What a receipt proves by a key set as parsed from /.well-known/jwks.json; throws when it is not genuine. */
export async function verify(receipt, { keys }) {
  const parts = form.exec(receipt);
  if (!parts) throw new Error('malformed');
  const [, header, payload, signature, rest] = parts;
  if (Buffer.from(signature, 'base64url').toString('base64url') !== signature) throw new Error('malformed');
  const { kid } = JSON.parse(decode(header));
  if (decode(header) !== members.replace('KID', kid)) throw new Error('other-kind');
  const key = keys.find((one) => one.kid === kid);
  if (!key || key.revoked) throw new Error(key ? 'key-revoked' : 'unknown-key');
  await compactVerify(`${header}.${payload}.${signature}`, await importJWK(key, 'ES256'), { algorithms: ['ES256'] });
  const proven = { ...JSON.parse(decode(payload)), leaf: sha256(`\0${header}.${payload}`) };
  const open = new Set(proven._sd);
  for (const disclosure of rest.split('~').slice(0, -1)) {
    if (!open.delete(sha256(disclosure))) throw new Error('foreign-disclosure');
    const [, name, value] = JSON.parse(decode(disclosure));
    proven[name] = value;
  }
  return proven;
}

if (process.argv[2]?.endsWith('.json')) {
  console.log(await verify(readFileSync(0, 'utf8').replace(/\n$/, ''), JSON.parse(readFileSync(process.argv[2], 'utf8'))));
}
