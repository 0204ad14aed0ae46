// The calendar of a care plan, read by four parsers that had no part in writing it, against the plan as JSON.
// Environment: SCREENING_URL.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { parsers } from './parsers.mjs';

const service = process.env.SCREENING_URL;

const requests = [
  ['west, the clocks go back', 'America/New_York', '2026-10-20T15:00:00Z', '2026-10-31T10:30:00', '2026-10-31T11:15:00'],
  ['west, the clocks go forward', 'America/New_York', '2026-02-20T15:00:00Z', '2026-03-07T10:30:00', '2026-03-07T11:15:00'],
  ['in the second of two equal hours', 'America/New_York', '2026-10-20T15:00:00Z', '2026-11-01T06:10:00Z', '2026-11-01T06:45:00Z'],
  ['east, the clocks go back', 'Australia/Sydney', '2026-03-20T00:00:00Z', '2026-04-04T17:00:00', '2026-04-04T18:00:00'],
  ['east, the clocks go forward', 'Australia/Sydney', '2026-09-15T00:00:00Z', '2026-10-03T17:00:00', '2026-10-03T18:00:00'],
  ['half an hour of change', 'Australia/Lord_Howe', '2026-03-20T00:00:00Z', '2026-04-04T10:00:00', '2026-04-04T11:00:00'],
  ['Madrid', 'Europe/Madrid', '2026-10-01T00:00:00Z', '2026-10-24T10:30:00', '2026-10-24T11:15:00'],
  ['no change of clocks', 'Asia/Kathmandu', '2026-10-01T00:00:00Z', '2026-10-24T10:30:00', '2026-10-24T11:15:00'],
  ['clocks changed by decree', 'Africa/Casablanca', '2026-01-20T00:00:00Z', '2026-02-10T10:30:00', '2026-02-10T11:15:00'],
  ['winter behind standard time', 'Europe/Dublin', '2026-12-01T12:00:00Z', '2027-10-20T10:30:00', undefined],
  ['no more change of clocks', 'America/Sao_Paulo', '2026-12-01T12:00:00Z', '2026-12-18T10:30:00', undefined],
  ['UTC', 'UTC', '2026-10-01T00:00:00Z', '2026-10-24T10:30:00', '2026-10-24T11:15:00'],
].flatMap(([name, timeZone, asOf, start, end]) => ['yes', 'no'].map(kit => [`${name}, kit ${kit}`, {
  protocol: 'sublative-rf',
  appointment: { timeZone, start, end, areas: ['face'] },
  asOf,
  reference: 'bk-20931',
  clearances: [{ ruleId: 'isotretinoin', by: 'Dr A. Example', on: asOf.slice(0, 10) }],
  answers: {
    pregnancy: 'no', breastfeeding: 'no', immuneImpairment: 'no', skinAllergy: 'no', metalAllergy: 'no', skinCancer: 'none',
    bleedingOrVascularDisorder: 'no', anticoagulantUse: 'none', electronicImplants: [], metalPlates: [], skinConditions: [],
    topicalRetinoidUse: 'never', isotretinoinUse: 'past', herpesSimplexHistory: 'yes', injections: [], skincareKit: kit,
  },
}]));

const post = async (request, accept, query = '') => {
  const response = await fetch(`${service}/v1/care-plans${query}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: accept },
    body: JSON.stringify(request),
  });
  assert.equal(response.status, 200);
  return response;
};

const day = 24 * 60 * 60 * 1000;
const halfAnHour = 30 * 60 * 1000;
const nextDay = date => new Date(Date.parse(`${date}T00:00:00Z`) + day).toISOString().slice(0, 10);

/** What the entry of a step, or of the appointment, must be. */
const span = ({ startsOn, endsOn, startsAt, endsAt, start, end }) => {
  if (startsOn || endsOn) return { start: startsOn ?? endsOn, end: nextDay(startsOn === null ? endsOn : endsOn ?? startsOn) };
  const from = Date.parse(startsAt ?? start);
  return { start: from, end: endsAt || end ? Date.parse(endsAt ?? end) : from + halfAnHour };
};

// A name that no parser knows, so that nothing but the file's own definition says what its offsets are. Another in each file: a parser may
// remember what a name was.
const unknownZone = (text, { appointment: { timeZone } }, i) => text.replaceAll(timeZone, `Somewhere/Else${i}`);

const plans = [];
before(async () => {
  for (const [i, [name, request]] of requests.entries()) {
    plans.push({
      name,
      plan: await (await post(request, 'application/json')).json(),
      neutral: await (await post(request, 'text/calendar')).text(),
      renamed: unknownZone(await (await post(request, 'text/calendar')).text(), request, i),
      full: await (await post(request, 'text/calendar', '?detail=full')).text(),
      cancelled: await (await post(request, 'text/calendar', '?cancel=true')).text(),
    });
  }
});

// A zone that has +0000 before its first onset is UTC for vobject, unless it knows its name.
const ownZones = ['ical.js', 'ts-ics', 'icalendar'];

for (const [parser, read] of Object.entries(parsers)) {
  test(`${parser} finds the times of the plan`, () => {
    for (const texts of ['neutral', ...ownZones.includes(parser) ? ['renamed'] : []]) {
      read(plans.map(each => each[texts])).forEach((entries, i) => {
        const { name, plan } = plans[i];
        const spans = [plan.appointment, ...plan.steps].map(span);
        assert.deepEqual(entries.map(({ start, end }) => ({ start, end })), spans, `${name}, ${texts}`);
        assert.equal(new Set(entries.map(entry => entry.uid)).size, entries.length, name);
        for (const { summary, description, status, alarms } of entries) {
          assert.ok(summary.length <= 60, summary);
          assert.deepEqual([description ?? null, status ?? null], [null, null]);
          for (const minutes of alarms) assert.ok(minutes < 0, summary);
        }
      });
    }
  });

  test(`${parser} finds the words of the plan in full detail`, () => {
    read(plans.map(each => each.full)).forEach(([appointment, ...steps], i) => {
      const { plan } = plans[i];
      assert.deepEqual(steps.map(entry => entry.description.split('\n')[1]), plan.steps.map(step => step.text));
      for (const risk of plan.risks) assert.ok(appointment.description.includes(risk.text));
    });
  });

  test(`${parser} finds the same entries cancelled`, () => {
    const planned = read(plans.map(each => each.neutral));
    read(plans.map(each => each.cancelled)).forEach((entries, i) => {
      assert.deepEqual(entries.map(entry => [entry.uid, entry.status]), planned[i].map(entry => [entry.uid, 'CANCELLED']));
    });
  });
}

test('with a reference the entries keep their identity when the appointment moves', async () => {
  const uids = async request => parsers['ical.js']([await (await post(request, 'text/calendar')).text()])[0].map(entry => entry.uid).sort();
  const [[, first]] = requests;
  const moved = { ...first, appointment: { ...first.appointment, start: '2026-12-01T09:00:00', end: '2026-12-01T10:00:00' } };
  assert.deepEqual(await uids(moved), await uids(first));
});

test('no line is longer than 75 octets', () => {
  for (const text of plans.flatMap(each => [each.neutral, each.full])) {
    for (const line of text.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line);
  }
});
