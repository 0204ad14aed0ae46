// Plays every worked case through a client typed by openapi-typescript: node suite.js ADDRESS CASES
import { readFileSync } from 'node:fs';
import createClient from 'openapi-fetch';
import type { components, paths } from './schema.js';

type Request = components['schemas']['CreateScreeningRequest'];
type Case = { name: string; request: Request; expected: { status: number; eligibility: string; bookable: boolean; earliestDate: string | null; notBefore: string; missing: string[]; slots: string[]; pointers: string[] } };

const [, , address, file] = process.argv;
const client = createClient<paths>({ baseUrl: address! });
const cases = (JSON.parse(readFileSync(file!, 'utf8')) as { cases: Case[] }).cases;
let failed = 0;
for (const { name, request, expected } of cases) {
    const { data, error, response } = await client.POST('/v1/screenings', { body: request });
    // Typed without a question: pages and calendars, which the document tells of beside, do not make `data` a union with text.
    const shown = data
        ? [response.status, data.eligibility, data.bookable, data.earliestDate, data.notBefore, data.missing.map(m => m.pointer), data.slots.map(s => s.eligibility)]
        : [response.status, error?.errors.map(e => e.pointer)];
    const wanted = expected.status === 200
        ? [200, expected.eligibility, expected.bookable, expected.earliestDate, expected.notBefore, expected.missing, expected.slots]
        : [expected.status, expected.pointers];
    if (JSON.stringify(shown) !== JSON.stringify(wanted)) {
        failed++;
        console.log(`${name}: expected ${JSON.stringify(wanted)}, came out as ${JSON.stringify(shown)}`);
    }
}

// A code that is not in the document does not compile: the line below would be an unused directive otherwise.
// @ts-expect-error "No" is not a code
const misspelt: Request['answers'] = { pregnancy: 'No' };
void misspelt;

// The same of a care plan, which can be a calendar; where text came in, this would not compile.
const plan = await client.POST('/v1/care-plans', { body: cases[0]!.request });
const steps: components['schemas']['CarePlanStep'][] | undefined = plan.data?.steps;
if (plan.response.ok !== (steps !== undefined)) {
    failed++;
    console.log(`a care plan: ${plan.response.status} with ${steps?.length} steps`);
}

console.log(`TypeScript client: ${cases.length - failed} of ${cases.length} worked cases`);
process.exit(failed === 0 && cases.length > 0 ? 0 : 1);
