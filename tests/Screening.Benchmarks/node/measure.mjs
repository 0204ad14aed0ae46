// Measures over HTTP and writes the one table. `node measure.mjs SERVICE PEERS PARTS OUTPUT [quick|receipts|check]`: the folders of the published service and
// peers, the folder of the parts' figures, the file for the table. Servers run on core 0, the load and this script on core 1.
import { execFile, spawn } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import http from "node:http";
import { createServer } from "node:net";
import { promisify } from "node:util";
import { cpuSeconds, median, residentMegabytes } from "./figures.mjs";
import { checkReceipt, raw, signed, signedLength, writeKeys } from "./receipts.mjs";
import { receiptTable, table } from "./table.mjs";

const [serviceFolder, peersFolder, partsFolder, output, mode] = process.argv.slice(2);
const quick = mode === "quick";
const ROUNDS = quick ? 3 : 5;
const SECONDS = quick ? 2 : 5;
const BURSTS = quick ? 4 : 6;
const STARTS = quick ? 5 : 10;
const MILESTONES = (quick ? [50, 100, 150, 200] : [250, 500, 750, 1000]).map((thousands) => thousands * 1000);
const LINES = quick ? 200_000 : 1_000_000;
const CONNECTIONS = 32;
const SERVER_CORE = "0";
const LOAD_CORE = "1";

const run = promisify(execFile);
const here = new URL(".", import.meta.url).pathname;
// The container's settings of the runtime, for every program on .NET alike.
const settings = Object.fromEntries([...readFileSync(here + "../../../Dockerfile", "utf8").matchAll(/\b(DOTNET_\w+)=(\w+)/g)].map(([, name, value]) => [name, value]));
const samples = Object.fromEntries(readdirSync(here + "../Samples").sort().map((name) =>
    [name.replace(".json", ""), JSON.stringify(JSON.parse(readFileSync(here + "../Samples/" + name)))]));
const body = samples["three-hits"];
// The service with a key and limits, against itself without.
const keyed = "service with a key and limits";
const clients = partsFolder + "/clients.json";
const key = (await run("dotnet", [serviceFolder + "/Screening.Api.dll", "new-key", "benchmarks", "--file", clients])).stdout.trim();
const closed = { Access__Clients: clients, Limits__PerMinute: "10000000", Limits__Burst: "10000000" };
const signingKeys = partsFolder + "/keys.json";
writeKeys(signingKeys);
// The service with its page of metrics, against itself without.
const measured = "service with metrics";
const isService = (name) => name === "service" || name === keyed || name === measured || name === signed;
const headersOf = (name) => ({
    "Content-Type": "application/json", ...(name === keyed ? { "X-Api-Key": key } : {}), ...(name === signed ? { Prefer: "receipt" } : {}),
});

/** The load's script for a server. */
function lua(name) {
    const file = `${partsFolder}/${name === keyed ? "keyed" : name === signed ? "signed" : "post"}.lua`;
    const headers = Object.entries(headersOf(name)).map(([header, value]) => `wrk.headers["${header}"] = "${value}"\n`).join("");
    writeFileSync(file, `wrk.method = "POST"\n${headers}wrk.body = ${JSON.stringify(body)}\n`);
    return file;
}

// --- servers ---

const started = new Set();
process.on("exit", () => started.forEach((child) => child.kill("SIGKILL")));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

function freePort() {
    return new Promise((resolve) => {
        const probe = createServer().listen(0, "127.0.0.1", () => {
            const { port } = probe.address();
            probe.close(() => resolve(port));
        });
    });
}

let answerLength = 0;
const peerProgram = peersFolder + "/Screening.Benchmarks.dll";
const programs = {
    service: () => ["dotnet", serviceFolder + "/Screening.Api.dll"],
    [keyed]: () => ["dotnet", serviceFolder + "/Screening.Api.dll"],
    [measured]: () => ["dotnet", serviceFolder + "/Screening.Api.dll"],
    [signed]: () => ["dotnet", serviceFolder + "/Screening.Api.dll"],
    typed: () => ["dotnet", peerProgram, "typed"],
    plaintext: (port) => ["dotnet", peerProgram, "plaintext", port, answerLength],
    bare: () => ["dotnet", peerProgram, "bare"],
    "fastify + json-rules-engine": (port) => ["node", here + "server.mjs", "json-rules-engine", port],
    "fastify + zen": (port) => ["node", here + "server.mjs", "zen", port],
    "fastify + zen's expressions alone": (port) => ["node", here + "server.mjs", "zen-expression", port],
};

async function start(name) {
    const port = await freePort();
    const [command, ...args] = programs[name](port).map(String);
    const begun = process.hrtime.bigint();
    // As in production, the log of one line a request included: it goes where nothing is kept.
    const child = spawn("taskset", ["--cpu-list", SERVER_CORE, command, ...args], {
        cwd: isService(name) ? serviceFolder : peersFolder,
        env: {
            ...process.env, ...settings, ASPNETCORE_ENVIRONMENT: "Production", DOTNET_ENVIRONMENT: "Production", NODE_ENV: "production",
            ...(name === keyed ? closed : { Access__Open: "true" }), ...(name === measured ? { Metrics__Port: `${await freePort()}` } : {}),
            ...(name === signed ? { Receipts__Keys: signingKeys } : {}), ASPNETCORE_URLS: `http://127.0.0.1:${port}`,
        },
        stdio: ["ignore", "ignore", "inherit"],
    });
    started.add(child);
    const ended = new Promise((resolve) => child.on("exit", resolve));
    return {
        name, port, pid: child.pid, begun, alive: () => child.exitCode === null,
        async stop() {
            child.kill("SIGKILL");
            await ended;
            started.delete(child);
        },
    };
}

function post({ name, port }, text) {
    return new Promise((resolve, reject) => {
        const headers = { ...headersOf(name), "Content-Length": Buffer.byteLength(text) };
        const request = http.request({ host: "127.0.0.1", port, path: "/v1/screenings", method: "POST", headers }, (response) => {
            const chunks = [];
            response.on("data", (chunk) => chunks.push(chunk));
            response.on("end", () => resolve({ status: response.statusCode, text: Buffer.concat(chunks).toString() }));
        });
        request.on("error", reject);
        request.end(text);
    });
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Milliseconds from the start of the process to its first answer with 200. */
async function firstAnswer(server) {
    for (;;) {
        try {
            const { status } = await post(server, body);
            const elapsed = Number(process.hrtime.bigint() - server.begun) / 1e6;
            if (status === 200) return elapsed;
            if (elapsed > 30_000) throw new Error(`${server.name}: status ${status}`);
        } catch (error) {
            if (error.code !== "ECONNREFUSED" && error.code !== "ECONNRESET") throw error;
            if (!server.alive() || Number(process.hrtime.bigint() - server.begun) > 30e9) throw new Error(`${server.name} did not start`);
        }
        await pause(1);
    }
}

// --- load ---

/** Signs for so long, in a process of its own on the core of the servers. */
async function sign({ length }, seconds) {
    const { stdout } = await run("taskset", ["--cpu-list", SERVER_CORE, "dotnet", peerProgram, "es256", String(seconds), String(length)], { env: { ...process.env, ...settings } });
    return JSON.parse(stdout);
}

async function load(server, seconds) {
    if (server.name === raw) return sign(server, seconds);
    const before = cpuSeconds(server.pid);
    const { stdout } = await run("taskset", [
        "--cpu-list", LOAD_CORE, "wrk", "--threads", "1", "--connections", String(CONNECTIONS), "--duration",
        `${seconds}s`, "--script", lua(server.name), `http://127.0.0.1:${server.port}/v1/screenings`,
    ]);
    const cpu = cpuSeconds(server.pid) - before;
    if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`${server.name}:\n${stdout}`);
    const [, requests] = /(\d+) requests in/.exec(stdout);
    const [, perSecond] = /Requests\/sec:\s+([\d.]+)/.exec(stdout);
    return { requests: +requests, perSecond: +perSecond, cpu };
}

const note = (line) => console.error(line);

// --- the peers give the service's own answers ---

function canonical(value) {
    if (Array.isArray(value)) return value.map(canonical);
    if (value && typeof value === "object") return Object.fromEntries(Object.keys(value).sort().map((key) => [key, canonical(value[key])]));
    return value;
}

async function check(servers) {
    const service = servers.find((s) => s.name === "service");
    for (const [sample, text] of Object.entries(samples)) {
        const { decisionId: _, ...expected } = JSON.parse((await post(service, text)).text);
        for (const server of servers) {
            if (server.name === "service" || server.name === "plaintext") continue;
            const { decisionId: __, ...actual } = JSON.parse((await post(server, text)).text);
            if (server.name === signed) {
                checkReceipt(actual, await (await fetch(`http://127.0.0.1:${server.port}/.well-known/jwks.json`)).json());
                delete actual.receipt;
            }
            for (const member of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
                const [wanted, was] = [expected, actual].map((decision) => JSON.stringify(canonical(decision[member])));
                if (wanted !== was) throw new Error(`${sample}, ${server.name}, ${member}: expected ${wanted}, was ${was}`);
            }
        }
    }
    note("The peers over HTTP answer as the service does.");
}

// --- the four measurements ---

async function throughput(servers) {
    const rounds = Object.fromEntries(servers.map((s) => [s.name, []]));
    // On one core, a runtime recompiles its hot code only while the load pauses: warm-up is in bursts, for every peer alike.
    for (let burst = 0; burst < BURSTS; burst++) {
        for (const server of servers) {
            await load(server, 2);
            await pause(500);
        }
    }
    for (let round = 1; round <= ROUNDS; round++) {
        for (const server of servers) {
            const result = await load(server, SECONDS);
            rounds[server.name].push(result);
            note(`round ${round}, ${server.name}: ${result.perSecond.toFixed(0)} requests/s, ${((result.cpu / result.requests) * 1e6).toFixed(1)} µs CPU a request`);
        }
    }
    return Object.fromEntries(Object.entries(rounds).map(([name, all]) => [name, {
        perSecond: median(all.map((r) => r.perSecond)),
        microseconds: median(all.map((r) => (r.cpu / r.requests) * 1e6)),
    }]));
}

async function starts() {
    const all = { service: [], bare: [], typed: [] };
    for (let round = 0; round <= STARTS; round++) {
        for (const name of Object.keys(all)) {
            const server = await start(name);
            const elapsed = await firstAnswer(server);
            await server.stop();
            // The first of each only fills the page cache.
            if (round > 0) all[name].push(elapsed);
        }
    }
    return Object.fromEntries(Object.entries(all).map(([name, times]) => [name, median(times)]));
}

/** The same sample as lines of one batch, sent and checked by the batch route's own script. */
async function batch() {
    const server = await start("service");
    await firstAnswer(server);
    const { stdout } = await run("taskset", ["--cpu-list", LOAD_CORE, "node", here + "../../batch.mjs"], {
        env: { ...process.env, SCREENING_URL: `http://127.0.0.1:${server.port}`, SCREENING_PID: String(server.pid), LINES: String(LINES), REQUEST: here + "../Samples/three-hits.json" },
    });
    await server.stop();
    note(stdout.trim());
    const [, microseconds] = /service CPU: ([\d.]+)/.exec(stdout);
    const [, perSecond] = /: (\d+) lines\/s$/m.exec(stdout);
    return { microseconds: +microseconds, perSecond: +perSecond };
}

async function memory() {
    const server = await start("service");
    await firstAnswer(server);
    const readings = [];
    let requests = 0;
    while (readings.length < MILESTONES.length) {
        requests += (await load(server, 1)).requests;
        if (requests >= MILESTONES[readings.length]) readings.push({ requests, megabytes: residentMegabytes(server.pid) });
    }
    await server.stop();
    return readings;
}

/** The parts' medians in nanoseconds and allocated bytes, by `Class.Method(sample)`. */
function parts() {
    const figures = {};
    for (const file of readdirSync(partsFolder + "/results").filter((name) => name.endsWith("-brief.json"))) {
        for (const b of JSON.parse(readFileSync(`${partsFolder}/results/${file}`)).Benchmarks) {
            figures[`${b.Type.replace("Benchmarks", "")}.${b.Method}(${b.Parameters.replace(/.*=/, "")})`] = { time: b.Statistics.Median, bytes: b.Memory.BytesAllocatedPerOperation };
        }
    }
    return figures;
}

const service = await start("service");
await firstAnswer(service);
answerLength = Buffer.byteLength((await post(service, body)).text);
const servers = [service];
const peers = [
    keyed, measured, "typed", ...(mode === "check" ? [] : ["plaintext"]), "fastify + json-rules-engine", "fastify + zen", "fastify + zen's expressions alone",
];
for (const name of [signed, ...(mode === "receipts" ? [] : peers)]) {
    const server = await start(name);
    await firstAnswer(server);
    servers.push(server);
}
await check(servers);
const { text } = await post(servers.find((server) => server.name === signed), body);
const { receipt } = JSON.parse(text);
const bytes = { with: Buffer.byteLength(text), without: answerLength, receipt: receipt.length };
const rawSignature = { name: raw, length: signedLength(receipt), stop: () => {} };
servers.push(rawSignature);
const how = { keyed, measured, quick, connections: CONNECTIONS, rounds: ROUNDS, seconds: SECONDS };
if (mode === "check") {
    await sign(rawSignature, 0);
} else if (mode === "receipts") {
    const markdown = receiptTable(await throughput(servers), bytes, how);
    writeFileSync(output, markdown);
    console.log(markdown);
} else {
    const http = await throughput(servers);
    for (const server of servers) await server.stop();
    const lines = await batch();
    const first = await starts();
    const readings = await memory();
    const markdown = table(parts(), http, bytes, lines, first, readings, how);
    writeFileSync(output, markdown);
    console.log(markdown);
}
process.exit(0);
