// The running service, its keys and receipts of it, and the example of the documentation. Environment: SCREENING_URL.
import assert from 'node:assert/strict';
import { copyFileSync, readFileSync } from 'node:fs';

const service = process.env.SCREENING_URL;
const here = (path) => new URL(path, import.meta.url);
const { cases } = JSON.parse(readFileSync(here('../../Screening.Api.Tests/Cases/sublative-rf.json'), 'utf8'));

// Beside its package: the example has none of its own.
copyFileSync(here('../../../src/Screening.Api/Receipts/verify.mjs'), here('node_modules/verify.mjs'));
export const { verify } = await import('./node_modules/verify.mjs');

export const post = async (path, body, headers = {}) => {
  const response = await fetch(service + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, answer: await response.json() };
};

/** What the service says to a receipt. */
export const told = async (receipt) => (await post('/v1/decisions/verify', { receipt })).answer;

/** The keys that it publishes. */
export const keySet = async () => (await fetch(`${service}/.well-known/jwks.json`)).json();

/** So many decisions with their receipts, on the worked cases in turn. */
export async function decisions(count) {
  const decided = [];
  for (const { request } of cases) {
    const { status, answer } = await post('/v1/screenings', request, { Prefer: 'receipt' });
    if (status !== 200) continue;
    assert.equal(typeof answer.receipt, 'string');
    decided.push(request);
  }
  return Promise.all(Array.from({ length: count }, async (_, i) =>
    (await post('/v1/screenings', decided[i % decided.length], { Prefer: 'receipt' })).answer));
}

/** The same bytes with one bit of them turned, each in turn, as base64url. */
export function* turned(part) {
  const bytes = Buffer.from(part, 'base64url');
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const other = Buffer.from(bytes);
    other[bit >> 3] ^= 1 << (bit & 7);
    yield other.toString('base64url');
  }
}
