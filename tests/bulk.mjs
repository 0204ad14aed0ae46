// Screens a file of lines by the program's own command, alone and as GNU parallel runs it, and by the batch route of a running service:
// the same answers in the same order, in memory that stays flat. Prints lines a second of each.
// Environment: SCREENING_URL, SCREENING_PUBLISHED (the folder of the published service), LINES (default 20000).
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { createInterface } from 'node:readline';

const lines = Number(process.env.LINES ?? 20_000);
const program = ['dotnet', `${process.env.SCREENING_PUBLISHED}/Screening.Api.dll`, 'screen'];
const mostGrowth = 32; // MB, over the second half
const { cases } = JSON.parse(readFileSync(new URL('Screening.Api.Tests/Cases/sublative-rf.json', import.meta.url)));
const folder = mkdtempSync(`${tmpdir()}/bulk-`);
const [input, alone, parallel, batch] = ['in', 'alone', 'parallel', 'batch'].map(name => `${folder}/${name}.ndjson`);

async function write() {
  const file = createWriteStream(input);
  for (let i = 0; i < lines; i++) {
    const line = JSON.stringify({ ...cases[i % cases.length].request, reference: `line-${i}` });
    if (!file.write(line + '\n')) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
}

/** Runs a command from one file to another; the resident MB of its process every tenth of a second. */
async function run(name, [command, ...args], output) {
  const begun = performance.now();
  const child = spawn('sh', ['-c', 'exec "$0" "$@" <"$IN" >"$OUT"', command, ...args],
    { env: { ...process.env, IN: input, OUT: output }, stdio: ['ignore', 'ignore', 'pipe'] });
  const memory = [];
  const timer = setInterval(() => {
    const resident = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
    if (resident) memory.push(Number(resident) / 1024);
  }, 100);
  let told = '';
  child.stderr.on('data', text => { told += text; });
  const [code] = await once(child, 'close');
  clearInterval(timer);
  assert.equal(code, 0, told);
  const seconds = (performance.now() - begun) / 1000;
  console.log(`${name}: ${lines} lines of ${Math.round(statSync(input).size / lines)} bytes in ${seconds.toFixed(1)} s, ${Math.round(lines / seconds)} a second`);
  return { memory, told };
}

/** The answers of a file but for the ids of decisions, which are new each time; cases that are refused have none, and a trace. */
async function* answers(file) {
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    yield line.replace(/"(?:decisionId|traceId)":"[0-9a-f-]+",?/, '').replace(/"line":\d+,/, '');
  }
}

async function compare(one, other) {
  const others = answers(other);
  let count = 0;
  for await (const answer of answers(one)) {
    const counterpart = (await others.next()).value;
    if (answer !== counterpart) assert.equal(counterpart, answer, `line ${count + 1}`);
    assert.ok(answer.includes(`"reference":"line-${count}"`), `line ${count + 1} is not its own answer`);
    count++;
  }
  assert.deepEqual([count, (await others.next()).done], [lines, true]);
}

try {
  await write();
  const { memory, told } = await run('screen', program, alone);
  assert.match(told, new RegExp(`^${lines} lines, `));
  const half = memory.slice(memory.length / 2);
  console.log(`resident MB: ${Math.round(memory[0])} at first, ${Math.round(half[0])} at half, at most ${Math.round(Math.max(...memory))}`);
  assert.ok(Math.max(...half) - half[0] < mostGrowth, 'it grows');

  const jobs = availableParallelism();
  await run(`parallel, ${jobs} at a time`, ['parallel', '--pipepart', '--arg-file', input, '--keep-order', '--block', '-1', '--jobs', jobs, ...program], parallel);
  await compare(alone, parallel);
  rmSync(parallel); // a million answers are three gigabytes

  const post = ['curl', '--silent', '--show-error', '--fail', '--no-buffer', '-H', 'Content-Type: application/x-ndjson', '-T', '-', '-X', 'POST'];
  await run('batch route', [...post, `${process.env.SCREENING_URL}/v1/screenings/batch`], batch);
  await compare(alone, batch);
} finally {
  rmSync(folder, { recursive: true });
}
