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

const { paths } = JSON.parse(readFileSync(here('../../../openapi/screening-v1.json'), 'utf8'));
const example = (path, type) => structuredClone(Object.values(paths[path].post.requestBody.content[type].examples)[0].value);

/** So many receipts of each other door, by its name in them. */
export async function receiptsOfDoors(count) {
  const asked = async (path, body) => {
    const { status, answer } = await post(path, body, { Prefer: 'receipt' });
    assert.equal(status, 200, JSON.stringify(answer));
    return answer;
  };
  const day = (days) => `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T10:30:00`;
  const fresh = example('/v1/care-plans', 'application/json');
  delete fresh.asOf;
  fresh.appointment.start = day(2);
  const plan = () => asked('/v1/care-plans', fresh);
  const doors = {
    'care-plans': async () => (await plan()).receipt,
    'cds-services': async () => {
      const { cards } = await asked('/cds-services/sublative-rf-appointment-book', example('/cds-services/{id}', 'application/json'));
      return cards[0].extension['urn:screening-api:receipt'];
    },
    $screen: async () => {
      const path = '/fhir/Questionnaire/{protocol}/$screen';
      const { entry } = await asked(path.replace('{protocol}', 'sublative-rf'), example(path, 'application/json'));
      const { signature } = entry.map(({ resource }) => resource).find(({ resourceType }) => resourceType === 'Provenance');
      return Buffer.from(signature[0].data, 'base64').toString();
    },
    move: async () => {
      const { receipt } = await plan();
      return (await asked('/v1/decisions/move', { receipt, appointment: { start: day(9) } })).receipt;
    },
  };
  const made = Object.entries(doors).map(async ([name, make]) => [name, await Promise.all(Array.from({ length: count }, make))]);
  return Object.fromEntries(await Promise.all(made));
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
