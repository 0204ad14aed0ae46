// Starts the published service as a process of its own, and watches it.
import { spawn } from 'node:child_process';
import { closeSync, constants, openSync, readFileSync, readSync, readdirSync, readlinkSync } from 'node:fs';
import net from 'node:net';
import { after } from 'node:test';

export const folder = process.env.SCREENING_PUBLISHED;
if (!folder) throw new Error('SCREENING_PUBLISHED: the folder of the published service');

const children = [];
after(() => children.forEach(child => child.kill('SIGKILL')));

/** Ends another process with the tests, too. */
export const endWithTests = child => children.push(child);

export const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

export const freePort = () => new Promise(resolve => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
        const { port } = server.address();
        server.close(() => resolve(port));
    });
});

/**
 * Starts the service on a port, a free one unless it is named; `nofile` (descriptors) and `heapMiB` limit it, `stdout` is what spawn takes,
 * `shell` replaces the command.
 */
export async function start({ port, nofile, heapMiB, settings = {}, stdout = 'ignore', shell } = {}) {
    port ??= await freePort();
    const command = [
        ...nofile ? ['prlimit', `--nofile=${nofile}:${nofile}`] : [],
        ...shell ? ['sh', '-c', shell, 'sh'] : [],
        'dotnet', 'Screening.Api.dll',
    ];
    const heap = heapMiB ? { DOTNET_GCHeapHardLimit: '0x' + (heapMiB * 1024 * 1024).toString(16) } : {};
    const child = spawn(command[0], command.slice(1), {
        cwd: folder,
        stdio: ['ignore', stdout, 'inherit'],
        // The size of the young generation is that of the image (Dockerfile).
        env: {
            ...process.env, ASPNETCORE_URLS: `http://127.0.0.1:${port}`,
            Access__Open: 'true', OpenApi__Served: 'true', DOTNET_GCgen0size: '400000',
            ...heap, ...settings,
        },
    });
    children.push(child);
    const service =
        { port, child, pid: child.pid, exited: new Promise(resolve => child.once('exit', (code, signal) => resolve(code ?? signal))) };
    let ended;
    service.exited.then(code => { ended = code; });
    for (let i = 0; ; i++) {
        if (ended !== undefined) throw new Error(`the service ended with ${ended}`);
        if (i === 600) throw new Error('the service is not ready after 60 s');
        if (await get(port, '/health/ready').catch(() => null) === 200) return service;
        await sleep(100);
    }
}

/** Ends the service by SIGTERM, or after 40 s by force; its exit code, or 'timeout'. */
export async function stop(service) {
    service.child.kill('SIGTERM');
    let timer;
    const code = await Promise.race([service.exited, new Promise(resolve => { timer = setTimeout(resolve, 40_000, 'timeout'); })]);
    clearTimeout(timer);
    if (code === 'timeout') service.child.kill('SIGKILL');
    return code;
}

/** The status of a GET on a connection of its own. */
export async function get(port, path) {
    const answer = await exchange(port, `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    return answer.status;
}

/** Sends bytes on a connection of its own and reads until it is closed, or nothing more comes after an answer, or for so long. */
export function exchange(port, bytes, { timeout = 30_000 } = {}) {
    return new Promise((resolve, reject) => {
        const chunks = [];
        const socket = net.connect(port, '127.0.0.1', () => socket.write(bytes));
        const timer = setTimeout(() => finish('timeout'), timeout);
        let quiet;
        const finish = how => {
            clearTimeout(timer);
            clearTimeout(quiet);
            socket.destroy();
            const text = Buffer.concat(chunks).toString('latin1');
            const head = text.split('\r\n\r\n', 1)[0];
            resolve({
                how, text, status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0), retryAfter: /^retry-after: *(\d+)/im.exec(head)?.[1],
            });
        };
        socket.on('data', chunk => {
            chunks.push(chunk);
            clearTimeout(quiet);
            quiet = setTimeout(() => finish('answered'), 1000);
        });
        socket.on('close', () => finish('closed'));
        socket.on('error', failure => chunks.length ? finish(failure.code) : (clearTimeout(timer), reject(failure)));
    });
}

// prlimit and sh replace themselves by the service, so its id is theirs.

/** The process's resident memory in MiB. */
export function memory(service) {
    const status = readFileSync(`/proc/${service.pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+)/m.exec(status)[1]) / 1024;
}

const descriptors = service => readdirSync(`/proc/${service.pid}/fd`).flatMap(fd => {
    const path = `/proc/${service.pid}/fd/${fd}`;
    try {
        return [{ path, target: readlinkSync(path) }];
    } catch {
        return []; // closed in between
    }
});

/** How many sockets the process has open. */
export const sockets = service => descriptors(service).filter(one => one.target.startsWith('socket:')).length;

/** How many watchers of files the process has. */
export const watchers = service => descriptors(service).filter(one => one.target.includes('inotify')).length;

/** What stands in the process's own pipes, read by nobody. */
export const pipes = service => descriptors(service).filter(one => one.target.startsWith('pipe:')).map(one => {
    const file = openSync(one.path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
        const bytes = Buffer.alloc(65_536);
        return bytes.toString('latin1', 0, readSync(file, bytes));
    } catch (failure) {
        if (failure.code === 'EAGAIN') return '';
        throw failure;
    } finally {
        closeSync(file);
    }
}).join('');

export const lives = service => service.child.exitCode === null && service.child.signalCode === null;

/** Requests one after the other on one connection, as a booking system sends them; their times and statuses. */
export class Client {
    constructor(port, body, path = '/v1/screenings') {
        this.port = port;
        this.request = post(path, body);
        this.times = [];
        this.statuses = new Map();
        this.failures = 0;
    }

    async run(until, { pause = 0 } = {}) {
        while (until()) {
            const begun = performance.now();
            try {
                const status = await this.once();
                this.times.push(performance.now() - begun);
                this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
                if (status === 503) await sleep(1000); // the service asks for more (Retry-After)
            } catch (failure) {
                this.failures++;
                this.lastFailure = failure;
                await sleep(20);
            }
            if (pause) await sleep(pause);
        }
        return this;
    }

    close() {
        this.socket?.destroy();
    }

    once() {
        return new Promise((resolve, reject) => {
            const socket = this.socket?.writable && !this.socket.destroyed
                ? this.socket
                : this.socket = net.connect(this.port, '127.0.0.1').setNoDelay();
            let text = '';
            const done = (act, value) => {
                socket.removeAllListeners();
                socket.on('error', () => {});
                act(value);
            };
            socket.on('data', chunk => {
                text += chunk.toString('latin1');
                const headers = text.indexOf('\r\n\r\n');
                if (headers < 0) return;
                const length = Number(/^content-length: *(\d+)/im.exec(text.slice(0, headers))?.[1] ?? 0);
                if (text.length < headers + 4 + length) return;
                if (/^connection: *close/im.test(text.slice(0, headers))) socket.end();
                done(resolve, Number(text.slice(9, 12)));
            });
            socket.on('error', failure => { socket.destroy(); done(reject, Object.assign(failure, { answered: text.length > 0 })); });
            socket.on('close', () => done(reject, Object.assign(new Error('closed'), { answered: text.length > 0 })));
            socket.write(this.request);
        });
    }
}

export function post(path, body, headers = '') {
    const bytes = Buffer.from(body);
    const head =
        `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${headers}Content-Length: ${bytes.length}\r\n\r\n`;
    return Buffer.concat([Buffer.from(head), bytes]);
}

export function quantile(times, share) {
    const sorted = [...times].sort((a, b) => a - b);
    return sorted.length === 0 ? NaN : sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

/** How many of each kind, as text. */
export function count(kinds) {
    const counts = new Map();
    for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    return [...counts].map(([kind, number]) => `${kind} ${number}`).join(', ') || 'none';
}

export const describe = times =>
    `n ${times.length}, median ${quantile(times, 0.5).toFixed(1)} ms, p99 ${quantile(times, 0.99).toFixed(1)} ms, `
        + `max ${quantile(times, 1).toFixed(1)} ms`;
