// Sends many lines through POST /v1/screenings/batch of a running service, reading while it writes; checks every answer, and that the service's
// memory stays flat. Prints lines a second, and the service's own CPU time a line.
// Environment: SCREENING_URL, SCREENING_PID, LINES (default 200000; the memory after the first half, or the first 100000, is what it may grow from),
// REQUEST (the file of another request than the one below; its decision must be deferred, too).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';

const url = process.env.SCREENING_URL;
const pid = process.env.SCREENING_PID;
const lines = Number(process.env.LINES ?? 200_000);
const block = 1000; // lines that are made once and sent again and again
const mark = Math.min(100_000, lines / 2);
const mostGrowth = 64; // MB

const resident = () => Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
// The fields after the command's name, which may hold blanks; user and system time are in hundredths of a second.
const cpu = () => readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/.*\) /s, '').split(' ').slice(11, 13).reduce((sum, ticks) => sum + Number(ticks), 0) / 100;

// A full intake, about 1.4 KB, with a wait, a requirement, a review, a clearance and slots. Every 1000th line is no JSON.
const intake = process.env.REQUEST ? JSON.parse(readFileSync(process.env.REQUEST, 'utf8')) : {
  protocol: 'sublative-rf',
  appointment: { timeZone: 'America/New_York', start: '2026-12-18T10:30:00', end: '2026-12-18T11:30:00', areas: ['face', 'neck'] },
  asOf: '2026-11-22T15:00:00Z',
  reference: '',
  slots: ['2026-12-18T10:30:00', '2026-12-19T10:30:00', '2026-12-21T09:00:00', '2026-12-22T16:00:00', '2026-12-28T09:00:00'],
  clearances: [{ ruleId: 'isotretinoin', by: 'Dr. Ada Park', on: '2026-11-20', note: 'Last course ended more than a year ago; skin examined and found well healed, no scar of the lesions of that time. Person told what a delayed healing looks like, and whom to call. To be seen again if the course is repeated; then this clearance no longer holds. Discussed with the treating dermatologist by telephone.' }],
  answers: {
    pregnancy: 'no', breastfeeding: 'no', immuneImpairment: 'no', skinAllergy: 'no', metalAllergy: 'no', skinCancer: 'none',
    bleedingOrVascularDisorder: 'no', anticoagulantUse: 'none', electronicImplants: [], metalPlates: ['elsewhere', 'hands'], skinConditions: [],
    topicalRetinoidUse: 'stopped', topicalRetinoidLastUsed: '2026-11', isotretinoinUse: 'past', isotretinoinLastTaken: '2025-01',
    herpesSimplexHistory: 'yes', antiviralStart: '2026-12-10', antiviralEnd: '2026-12-24', skincareKit: 'yes',
    injections: [{ product: 'botulinum-toxin', date: '2026-12-10' }, { product: 'filler', date: '2026-04' }, { product: 'filler', date: '2025-10-02' }],
  },
};
const reference = index => `line-${String(index % block).padStart(4, '0')}`;
const body = Buffer.from(Array.from({ length: block }, (_, index) =>
  index === block - 1 ? '{"broken":\n' : JSON.stringify({ ...intake, reference: reference(index) }) + '\n').join(''));

const post = request(`${url}/v1/screenings/batch`, { method: 'POST', headers: { 'Content-Type': 'application/x-ndjson', 'Transfer-Encoding': 'chunked' } });
const before = { cpu: cpu(), time: performance.now() };

async function send() {
  for (let sent = 0; sent < lines; sent += block) {
    if (!post.write(body)) await new Promise(resolve => post.once('drain', resolve));
  }
  post.end();
}

// An answer begins {"decisionId":"<36 characters>","reference":"line-nnnn": where the reference stands is known, without parsing 3 GB.
const referenceAt = '{"decisionId":"00000000-0000-0000-0000-000000000000","reference":"'.length;
const memory = [];
let answered = 0;
let bytes = 0;

function check(line) {
  if (answered % block === block - 1) {
    const problem = JSON.parse(line.toString());
    assert.deepEqual([problem.status, problem.line, problem.errors[0].code], [400, answered + 1, 'invalid-json']);
  } else {
    assert.equal(line.toString('latin1', referenceAt, referenceAt + 9), reference(answered));
    if (answered < block) assert.equal(JSON.parse(line.toString()).eligibility, 'deferred');
  }
  answered++;
  if (answered % mark === 0) memory.push(resident());
}

async function receive() {
  const response = await new Promise((resolve, reject) => post.once('response', resolve).once('error', reject));
  assert.equal(response.statusCode, 200);
  let rest = Buffer.alloc(0);
  for await (const chunk of response) {
    bytes += chunk.length;
    const all = rest.length ? Buffer.concat([rest, chunk]) : chunk;
    let start = 0;
    for (let end; (end = all.indexOf(10, start)) >= 0; start = end + 1) check(all.subarray(start, end));
    rest = all.subarray(start);
  }
  assert.equal(rest.length, 0);
}

await Promise.all([send(), receive()]);
const seconds = (performance.now() - before.time) / 1000;
const spent = cpu() - before.cpu;
console.log(`${answered} lines of ${Math.round(body.length / block)} bytes, answers of ${Math.round(bytes / answered)} bytes, in ${seconds.toFixed(1)} s: ${Math.round(answered / seconds)} lines/s`);
console.log(`service CPU: ${(spent / answered * 1e6).toFixed(1)} µs/line, ${Math.round(answered / spent)} lines/s on a core`);
console.log(`resident MB at each ${mark} lines: ${memory.map(Math.round).join(' ')}`);
assert.equal(answered, lines);
assert.ok(Math.max(...memory) - memory[0] < mostGrowth, `the service grew by ${Math.max(...memory) - memory[0]} MB`);
