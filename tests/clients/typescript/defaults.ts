// Requests in which answers are left as a generated client makes them: node defaults.js ADDRESS. For each question that always needs an
// answer, everything else is answered, so that only this answer stands between the person and the treatment. None may be bookable.
import createClient from 'openapi-fetch';
import { createConfig, createClient as createHeyClient } from './hey/client/index.js';
import { createScreening } from './hey/sdk.gen.js';
import type { CreateScreeningRequest as HeyRequest } from './hey/types.gen.js';
import type { components, paths } from './schema.js';
import { Api, type CreateScreeningRequest as ApiRequest } from './Api.js';

type Request = components['schemas']['CreateScreeningRequest'];
type Answers = Request['answers'];

const [, , address] = process.argv;
const baseUrl = address!;
const protocol = await (await fetch(`${baseUrl}/v1/protocols/sublative-rf`)).json() as { baseline: { asOf: string; date: string; areas: []; answers: Answers }; questions: { id: keyof Answers; optional?: boolean; neededWhen?: object }[] };
const { asOf, date, areas, answers } = protocol.baseline;
const complete: Request = { protocol: 'sublative-rf', appointment: { timeZone: 'America/New_York', start: `${date}T10:30:00`, areas }, asOf: `${asOf}T16:00:00Z`, answers };

// What each client makes of a request in which nothing but what it demands was set: these lines compile only while no answer is demanded.
const ofTypes: Request = { protocol: 'sublative-rf', appointment: { timeZone: 'America/New_York' }, answers: {} };
const ofHey: HeyRequest = { protocol: 'sublative-rf', appointment: { timeZone: 'America/New_York' }, answers: {} };
const ofApi: ApiRequest = { protocol: 'sublative-rf', appointment: { timeZone: 'America/New_York' }, answers: {} };

const openapiFetch = createClient<paths>({ baseUrl });
const hey = createHeyClient(createConfig({ baseUrl }));
const api = new Api({ baseUrl });
const clients: [string, Request, (body: Request) => Promise<boolean | undefined>][] = [
    ['openapi-typescript', ofTypes, async body => (await openapiFetch.POST('/v1/screenings', { body })).data?.bookable],
    ['hey-api', ofHey, async body => (await createScreening({ client: hey, body: body as HeyRequest })).data?.bookable],
    ['swagger-typescript-api', ofApi as Request, async body => (await api.v1.createScreening(body as ApiRequest)).data.bookable],
];

let sent = 0;
let failed = 0;
async function expect(name: string, shown: Promise<boolean | undefined>, expected: boolean) {
    sent++;
    const bookable = await shown;
    if (bookable !== expected) {
        failed++;
        console.log(`${name}: bookable is ${bookable}`);
    }
}

for (const [name, untouched, isBookable] of clients) {
    await expect(`${name}: everything answered`, isBookable(complete), true);
    await expect(`${name}: nothing answered`, isBookable(untouched), false);
    for (const question of protocol.questions.filter(one => !one.optional && !one.neededWhen)) {
        const { [question.id]: _, ...others } = answers;
        await expect(`${name}: ${question.id} left as it is made`, isBookable({ ...complete, answers: others }), false);
    }
}

console.log(`TypeScript clients: ${failed} of ${sent} default requests failed`);
process.exit(failed === 0 ? 0 : 1);
