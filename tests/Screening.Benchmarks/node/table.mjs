// Writes the figures as one table in Markdown.
import { cpus } from "node:os";
import { receiptRows } from "./receipts.mjs";

const time = (nanoseconds) => (nanoseconds < 1000 ? `${nanoseconds.toFixed(0)} ns` : `${(nanoseconds / 1000).toFixed(2)} µs`);
const times = (ratio) => `${ratio.toFixed(2)}x`;
const perCoreOf = (http) => (name) => 1e6 / http[name].microseconds;
const showOf = (http) => (name) => `${perCoreOf(http)(name).toFixed(0)} (${http[name].microseconds.toFixed(1)} µs; ${http[name].perSecond.toFixed(0)}/s seen)`;

const rowsOf = () => {
    const rows = [];
    const row = (what, service, peer, ratio, goal, met) => rows.push(`| ${what} | ${service} | ${peer} | ${ratio} | ${goal} | ${met === undefined ? "" : met ? "yes" : "**no**"} |`);
    return { rows, row };
};

/** All figures. */
export function table(part, http, bytes, lines, first, readings, how) {
    const { rows, row } = rowsOf();
    const S = "three-hits";
    const versus = (what, ours, theirs, goal, judge) => row(what, time(ours.time), time(theirs.time), times(judge.faster ? theirs.time / ours.time : ours.time / theirs.time), goal, judge.met(ours.time / theirs.time));

    for (const sample of ["nothing", S, "excluded"]) {
        const judged = sample === S;
        versus(`engine against hand-written C#, ${sample}`, part[`Engine.Engine(${sample})`], part[`Engine.HandWritten(${sample})`], judged ? "<= 3x its time" : "", { met: (r) => (judged ? r <= 3 : undefined) });
    }
    const allocated = part[`Engine.Engine(${S})`].bytes;
    row(`engine, allocated, ${S}`, `${allocated} B`, `${part[`Engine.HandWritten(${S})`].bytes} B`, times(allocated / part[`Engine.HandWritten(${S})`].bytes), "<= 1 KB", allocated <= 1024);
    for (const sample of ["nothing", S, "excluded"]) {
        const judged = sample === S;
        versus(`engine against RulesEngine 6.0.1, ${sample}`, part[`Engine.Engine(${sample})`], part[`Engine.RulesEngine(${sample})`], judged ? ">= 25x faster" : "", { faster: true, met: (r) => (judged ? r <= 1 / 25 : undefined) });
    }
    for (const sample of ["nothing", S, "excluded", "slots"]) {
        const judged = sample === S;
        versus(`bytes to bytes against typed path, ${sample}`, part[`Bytes.Service(${sample})`], part[`Bytes.Typed(${sample})`], judged ? "<= 0.5x its time" : "", { met: (r) => (judged ? r <= 0.5 : undefined) });
    }
    for (const step of ["Reads", "Decides", "Writes"]) row(`of it, service ${step.toLowerCase()}, ${S}`, time(part[`Bytes.Service${step}(${S})`].time), "", "", "");

    const perCore = perCoreOf(http);
    const show = showOf(http);
    for (const [peer, goal] of [["typed", 1.3], ["fastify + json-rules-engine", 8], ["fastify + zen", 8], ["fastify + zen's expressions alone", undefined], ["plaintext", undefined]]) {
        const ratio = perCore("service") / perCore(peer);
        row(`HTTP requests per second and core against ${peer === "typed" ? "typed minimal API" : peer}`, show("service"), show(peer), times(ratio), goal ? `>= ${goal}x` : "", goal && ratio >= goal);
    }
    const access = http[how.keyed].microseconds / http.service.microseconds;
    row(
        "CPU of a request with a key and limits against the same without",
        show(how.keyed), show("service"), times(access), "<= 1.10x", access <= 1.1);
    const measured = http[how.measured].microseconds / http.service.microseconds;
    row(
        "CPU of a request with metrics on their port against the same without",
        show(how.measured), show("service"), times(measured), "<= 1.10x", measured <= 1.1);
    receiptRows(http, bytes, row, show, times);
    for (const peer of ["service", "typed", "fastify + json-rules-engine", "fastify + zen"]) {
        row(`batch lines per second and core against ${peer === "typed" ? "typed minimal API" : peer}'s requests`, `${(1e6 / lines.microseconds).toFixed(0)} (${lines.microseconds.toFixed(1)} µs; ${lines.perSecond}/s seen)`, show(peer), times(http[peer].microseconds / lines.microseconds), "");
    }
    row("first decision after start against bare minimal API's first answer", `${first.service.toFixed(0)} ms`, `${first.bare.toFixed(0)} ms`, times(first.service / first.bare), "<= 1.5x", first.service / first.bare <= 1.5);
    row("the same against typed minimal API's first decision", `${first.service.toFixed(0)} ms`, `${first.typed.toFixed(0)} ms`, times(first.service / first.typed), "");
    const last = readings.at(-1);
    const flat = last.megabytes <= readings[0].megabytes * 1.05;
    row(`resident memory after ${readings.map((r) => r.requests).join(", ")} requests`, readings.map((r) => `${r.megabytes.toFixed(0)} MB`).join(", "), "", times(last.megabytes / readings[0].megabytes), "<= 120 MB, flat (within 5 %)", last.megabytes <= 120 && flat);
    return document(rows, how);
}

/** The figures of receipts alone. */
export function receiptTable(http, bytes, how) {
    const { rows, row } = rowsOf();
    receiptRows(http, bytes, row, showOf(http), times);
    return document(rows, how);
}

const document = (rows, { quick, connections, rounds, seconds }) => [
    `Medians of one run on two cores (${cpus()[0].model}), Node.js ${process.version}${quick ? "; quick mode, rough figures" : ""}. HTTP: ${connections} connections, ${rounds} rounds of ${seconds} s, CPU time from the operating system.`,
    "",
    "| | service | peer | ratio | goal | met |",
    "|---|---|---|---|---|---|",
    ...rows,
    "",
].join("\n");
