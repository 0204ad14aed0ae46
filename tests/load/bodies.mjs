// The bodies that the load tests send: taken from the committed document's examples and filled up.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const document = JSON.parse(readFileSync(fileURLToPath(new URL('../../openapi/screening-v1.json', import.meta.url)), 'utf8'));
const examples = (path, type = 'application/json') => Object.values(document.paths[path].post.requestBody.content[type].examples)
    .map(one => one.value);

/** A screening of an ordinary size. */
export const screening = JSON.stringify(examples('/v1/screenings')[0]);

const appointmentBook = examples('/cds-services/{id}').find(one => one.hook === 'appointment-book');

/** A hook call of an ordinary size, and where it goes. */
export const hookCall = { path: '/cds-services/sublative-rf-appointment-book', body: JSON.stringify(appointmentBook) };

/** Valid hook calls of almost a mebibyte: a record of many conditions that matter or not. */
export function largeHookCall() {
    const call = structuredClone(appointmentBook);
    const entries = [];
    const condition = i => ({ resource: {
        resourceType: 'Condition', id: `c${i}`, subject: { reference: `Patient/${call.context.patientId.replace('Patient/', '')}` },
        clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }] },
        code: { text: `Condition number ${i}, of the left knee` }, recordedDate: '2024-05-01' } });
    let size = JSON.stringify(call).length;
    while (size < 1_000_000) {
        const entry = condition(entries.length);
        size += JSON.stringify(entry).length + 1;
        entries.push(entry);
    }
    call.prefetch.conditions = { resourceType: 'Bundle', type: 'searchset', total: entries.length, entry: entries };
    return JSON.stringify(call);
}

/** Bodies of a mebibyte that are expensive to refuse. */
export const hostileBodies = [
    '['.repeat(1_000_000),
    '{"a":'.repeat(200_000),
    '{' + Array.from({ length: 60_000 }, (_, i) => `"m${i}":1`).join(',') + '}',
    '"' + '\\u0041'.repeat(170_000) + '"',
    '[' + '0,'.repeat(500_000) + '0]',
];
