// What both engines' peers share: reading the answers, the dates, and putting the decision together. The rules themselves are the engines'.
import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { DAY, inZone, offsetAt, range, stamp, text, zoneOf } from "./times.mjs";

const file = readFileSync(new URL("../../../src/Screening.Rules/Protocols/sublative-rf/1.0.0.json", import.meta.url));
export const protocol = JSON.parse(file);
const reference = { id: protocol.id, version: protocol.version, digest: "sha256:" + createHash("sha256").update(file).digest("hex") };

// --- facts ---

const NONE = [];
const UNKNOWN = ["unknown"];

/** What the engines see: codes as they were said, `absent` for what was not, and days. */
export function factsOf(answers, areas, today, date) {
    const codes = (list) => list ?? UNKNOWN;
    const last = answers.topicalRetinoidLastUsed;
    const ended = last === undefined || last === "unknown" ? today : range(last)[1];
    const injections = answers.injections === undefined || answers.injections === "unknown" ? null
        : answers.injections.map((i) => (i.date === "unknown" ? [-1e9, today] : range(i.date)));
    return {
        day: date,
        pregnancy: answers.pregnancy ?? "absent",
        breastfeeding: answers.breastfeeding ?? "absent",
        immuneImpairment: answers.immuneImpairment ?? "absent",
        skinAllergy: answers.skinAllergy ?? "absent",
        metalAllergy: answers.metalAllergy ?? "absent",
        bleedingOrVascularDisorder: answers.bleedingOrVascularDisorder ?? "absent",
        skinCancer: answers.skinCancer ?? "absent",
        anticoagulantUse: answers.anticoagulantUse ?? "absent",
        electronicImplants: codes(answers.electronicImplants),
        // The places that count: in a treated area, or not known to lie outside.
        plates: answers.metalPlates === undefined ? UNKNOWN
            : answers.metalPlates.length === 0 ? NONE
            : answers.metalPlates.filter((p) => p === "unknown" || (p !== "elsewhere" && (areas === undefined || areas.includes(p)))),
        skinConditions: codes(answers.skinConditions),
        topicalRetinoidUse: answers.topicalRetinoidUse ?? "absent",
        retinoidDated: last !== undefined,
        retinoidClears: (answers.topicalRetinoidUse === "stopped" ? Math.min(ended, today) : ended) + 14,
        isotretinoinUse: answers.isotretinoinUse ?? "absent",
        herpesSimplexHistory: answers.herpesSimplexHistory ?? "absent",
        injectionsKnown: injections !== null,
        injections: injections ?? NONE,
    };
}

// --- findings ---

const levels = ["ineligible", "incomplete", "review", "deferred", "conditional", "eligible"];
const INELIGIBLE = 0, INCOMPLETE = 1, REVIEW = 2, DEFERRED = 3, CONDITIONAL = 4, ELIGIBLE = 5;
const triggeredBy = { exclude: INELIGIBLE, review: REVIEW };

const rules = protocol.rules.map((rule, index) => {
    const { condition } = rule;
    const effect = rule.effects[0];
    const evidence = [condition.question, ...(condition.kind === "treated-area" ? ["treatmentAreas"] : []),
        ...[condition.lastUse, condition.start, condition.end].filter(Boolean), ...(rule.evidence ?? [])];
    const traces = {};
    for (const outcome of ["clear", "triggered", "undetermined"]) {
        for (const e of rule.effects) traces[outcome + e] = { ruleId: rule.id, outcome, effect: e };
    }
    const base = (outcome, e, level) => ({ outcome, effect: e, level, trace: traces[outcome + e], short: false });
    return {
        ...rule, index, evidence, effect,
        source: { document: protocol.source.document, line: rule.line },
        clear: base("clear", effect, ELIGIBLE),
        triggered: base("triggered", effect, triggeredBy[effect] ?? DEFERRED),
        absent: base("undetermined", effect, INCOMPLETE),
        unknown: base("undetermined", effect, REVIEW),
        required: rule.effects.includes("require") ? base("triggered", "require", CONDITIONAL) : undefined,
        tooShort: rule.effects.includes("require") ? { ...base("triggered", "require", CONDITIONAL), short: true } : undefined,
    };
});

const places = protocol.treatmentAreas.options.map((o) => o.code);

/** Which way a rule that the engine found not clear is not clear. */
function finding(rule, answers, areas) {
    const { condition } = rule;
    const answer = answers[condition.question];
    if (answer === undefined) return rule.absent;
    if (condition.kind === "answer") {
        if (Array.isArray(answer) ? answer.some((code) => condition.anyOf.includes(code)) : condition.anyOf.includes(answer)) return rule.triggered;
        return rule.unknown;
    }
    const named = answer.filter((place) => places.includes(place));
    if (named.length > 0 && areas === undefined) return rule.absent;
    return named.some((place) => areas.includes(place)) ? rule.triggered : rule.unknown;
}

/** The rules that count days leave their waits and requirements, clear or not. */
function dated(rule, notClear, context) {
    const { answers, today, date, waits, requirements } = context;
    const block = (question, said, from, through, assumed, index, product) => {
        const wait = { from, through, pending: date <= through && date >= from };
        waits.push({
            ...wait,
            entry: {
                ruleId: rule.id, days: rule.condition.days ?? rule.condition.daysBefore,
                event: index === undefined ? { question, date: said ?? null, assumedDate: text(assumed) } : { question, index, product, date: said, assumedDate: text(assumed) },
                blockedFrom: from === -Infinity ? null : text(from), blockedThrough: text(through), clearsOn: text(through + 1), status: wait.pending ? "pending" : "satisfied",
            },
        });
        return wait.pending;
    };
    switch (rule.id) {
        case "topical-retinoid": {
            const use = answers.topicalRetinoidUse;
            const said = answers.topicalRetinoidLastUsed;
            if (use === undefined || (use === "stopped" && said === undefined)) return rule.absent;
            if (use === "unknown") return rule.unknown;
            if (use === "never") return rule.clear;
            const ends = context.facts.retinoidClears - 14;
            const blocked = block("topicalRetinoidLastUsed", said, -Infinity, ends + 13, ends);
            if (use === "stopped") return notClear ? rule.triggered : rule.clear;
            context.requires = true;
            if (blocked) return rule.triggered;
            requirements.push({ ruleId: rule.id, stopBy: text(date - 14) });
            return rule.required;
        }
        case "herpes-prophylaxis": {
            if (!notClear) return rule.clear;
            if (answers.herpesSimplexHistory === undefined) return rule.absent;
            if (answers.herpesSimplexHistory === "unknown") return rule.unknown;
            const first = answers.antiviralStart === undefined ? today : range(answers.antiviralStart)[0];
            context.requires = true;
            if (block("antiviralStart", answers.antiviralStart, -Infinity, first + 4, first)) return rule.triggered;
            requirements.push({ ruleId: rule.id, startBy: text(date - 5), continueThrough: text(date + 5) });
            return answers.antiviralEnd !== undefined && range(answers.antiviralEnd)[0] < date + 5 ? rule.tooShort : rule.required;
        }
        default: {
            if (answers.injections === undefined) return rule.absent;
            if (answers.injections === "unknown") return rule.unknown;
            context.facts.injections.forEach(([first, last], index) => {
                const { product, date: said } = answers.injections[index];
                block("injections", said, said === "unknown" ? -Infinity : first - 13, last + 13, last, index, product);
            });
            return notClear ? rule.triggered : rule.clear;
        }
    }
}

// --- decision ---

const questions = [
    ...protocol.questions.map((q) => ({ ...q, pointer: "/answers/" + q.id })),
    { ...protocol.treatmentAreas, pointer: "/appointment/areas" },
].map((q) => ({ ...q, entry: { question: q.id, pointer: q.pointer, text: q.text.en } }));
const askable = questions.filter((q) => !q.optional);

function missing(answers, areas) {
    const entries = [];
    for (const q of askable) {
        if ((q.id === "treatmentAreas" ? areas : answers[q.id]) !== undefined) continue;
        if (q.neededWhen) {
            const other = answers[q.neededWhen.question];
            if (other === undefined || !(Array.isArray(other) ? other.some((c) => q.neededWhen.anyOf.includes(c)) : q.neededWhen.anyOf.includes(other))) continue;
        }
        entries.push(q.entry);
    }
    return entries;
}

function statusOn(day, undated, waits, requires) {
    if (undated < DEFERRED) return undated;
    for (const wait of waits) if (day <= wait.through && day >= wait.from) return DEFERRED;
    return requires ? CONDITIONAL : ELIGIBLE;
}

/**
 * Decides. `find` runs the engine's 26 rules over the facts and tells for each whether it is not clear, in protocol order.
 * Undefined when the request cannot be screened.
 */
export async function screen(request, find) {
    const { appointment, answers } = request;
    const { areas } = appointment;
    const zone = zoneOf(appointment.timeZone);
    const asOf = request.asOf === undefined ? Date.now() : Date.parse(request.asOf);
    const today = Math.floor((asOf + offsetAt(zone, asOf) * 60_000) / DAY);
    const start = appointment.start && inZone(appointment.start, zone);
    const date = start ? Math.floor(start.local / DAY) : today;
    if (date < today || Number.isNaN(date)) return undefined;

    const facts = factsOf(answers, areas, today, date);
    const notClear = await find(facts);
    const context = { answers, facts, today, date, waits: [], requirements: [], requires: false };
    const findings = rules.map((rule, i) =>
        rule.persistence === "until-date" ? dated(rule, notClear[i], context) : notClear[i] ? finding(rule, answers, areas) : rule.clear);

    const lacking = missing(answers, areas);
    let undated = lacking.length > 0 ? INCOMPLETE : ELIGIBLE;
    for (const f of findings) if (f.level < DEFERRED && f.level < undated) undated = f.level;
    const { waits, requires } = context;
    const eligibility = statusOn(date, undated, waits, requires);

    const windows = [];
    let free = today;
    let notBefore = date;
    for (const wait of [...waits].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))) {
        if (wait.from > free) windows.push({ from: text(free), through: text(wait.from - 1) });
        if (wait.through >= free) free = wait.through + 1;
        if (notBefore <= wait.through && notBefore >= wait.from) notBefore = wait.through + 1;
    }
    windows.push({ from: text(free), through: null });

    const reasons = [];
    for (let level = INELIGIBLE; level <= ELIGIBLE; level++) {
        for (let i = 0; i < findings.length; i++) {
            const f = findings[i];
            if (f.level !== level || f.outcome === "clear") continue;
            const rule = rules[i];
            const message = rule.messages[f.outcome === "undetermined" ? "undetermined" : f.short ? "requireLonger" : f.effect];
            const evidence = [];
            for (const question of rule.evidence) {
                const answer = question === "treatmentAreas" ? areas : answers[question];
                if (answer !== undefined) evidence.push({ question, answer });
            }
            reasons.push({
                ruleId: rule.id, outcome: f.outcome, effect: f.effect, binding: level === eligibility, persistence: rule.persistence,
                message: message.clinician.en, patientMessage: message.patient.en, evidence, source: rule.source,
            });
        }
    }

    const dateOnly = eligibility >= DEFERRED;
    return {
        decisionId: randomUUID(),
        reference: request.reference,
        eligibility: levels[eligibility],
        bookable: eligibility >= CONDITIONAL,
        earliestDate: dateOnly ? text(notBefore) : null,
        notBefore: text(notBefore),
        windows: dateOnly ? windows : NONE,
        waitingPeriods: waits.map((wait) => wait.entry),
        requirements: context.requirements,
        reasons,
        missing: lacking,
        trace: findings.map((f) => f.trace),
        slots: (request.slots ?? NONE).map((stated) => {
            const time = inZone(stated, zone);
            const day = Math.floor(time.local / DAY);
            const status = statusOn(day, undated, waits, requires);
            return { start: stamp(time), date: text(day), eligibility: levels[status], bookable: status >= CONDITIONAL };
        }),
        protocol: reference,
        asOf: request.asOf ?? new Date(asOf).toISOString(),
        appointment: { timeZone: appointment.timeZone, start: start && stamp(start), date: text(date), areas },
    };
}
