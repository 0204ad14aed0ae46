// fastify in front of one of the engines: `node server.mjs json-rules-engine|zen|zen-expression PORT`.
import Fastify from "fastify";
import { screen } from "./screening.mjs";

const [engine, port] = process.argv.slice(2);
const { find } = await import(`./${engine}.mjs`);

// The answer's shape: fastify then writes it with compiled code, about a quarter faster than JSON.stringify.
const string = { type: "string" };
const boolean = { type: "boolean" };
const integer = { type: "integer" };
const any = {};
const object = (properties) => ({ type: "object", properties });
const array = (items) => ({ type: "array", items });
const decision = object({
    decisionId: string, reference: string, eligibility: string, bookable: boolean, earliestDate: any, notBefore: string,
    windows: array(object({ from: string, through: any })),
    waitingPeriods: array(object({
        ruleId: string, days: integer, event: object({ question: string, index: integer, product: string, date: any, assumedDate: string }),
        blockedFrom: any, blockedThrough: string, clearsOn: string, status: string,
    })),
    requirements: array(object({ ruleId: string, stopBy: string, startBy: string, continueThrough: string })),
    reasons: array(object({
        ruleId: string, outcome: string, effect: string, binding: boolean, persistence: string, message: string, patientMessage: string,
        evidence: array(object({ question: string, answer: any })), source: object({ document: string, line: integer }),
    })),
    missing: array(object({ question: string, pointer: string, text: string })),
    trace: array(object({ ruleId: string, outcome: string, effect: string })),
    slots: array(object({ start: string, date: string, eligibility: string, bookable: boolean })),
    protocol: object({ id: string, version: string, digest: string }),
    asOf: string,
    appointment: object({ timeZone: string, start: string, date: string, areas: array(string) }),
});

const app = Fastify({ logger: false });
app.post("/v1/screenings", { schema: { response: { 200: decision } } }, async (request, reply) => {
    const decision = await screen(request.body, find);
    if (decision) return decision;
    reply.code(422);
    return { status: 422 };
});
await app.listen({ host: "127.0.0.1", port: +port });
