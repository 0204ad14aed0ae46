import assert from 'node:assert/strict';
import { test } from 'node:test';
import ICAL from 'ical.js';
import { service } from './chromium.mjs';

// The calendar of a care plan, read by a parser that had no part in writing it, against the plan as JSON.
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
const nextDay = date => new Date(Date.parse(`${date}T00:00:00Z`) + day).toISOString().slice(0, 10);

/** The instant of a time, by the zone as the file itself defines it. */
const instant = time => {
  assert.ok(!time.isDate);
  assert.notEqual(time.zone, ICAL.Timezone.localTimezone, 'a time without a zone');
  return time.toUnixTime() * 1000;
};

for (const [name, request] of requests) {
  test(`the calendar has the times of the plan: ${name}`, async () => {
    const plan = await (await post(request, 'application/json')).json();
    const response = await post(request, 'text/calendar');
    assert.equal(response.headers.get('content-type'), 'text/calendar; charset=utf-8');
    const calendar = new ICAL.Component(ICAL.parse(await response.text()));

    // The zone of the file, and none that the parser may know by itself.
    const zone = calendar.getFirstSubcomponent('vtimezone');
    assert.equal(zone?.getFirstPropertyValue('tzid') ?? 'UTC', request.appointment.timeZone);
    const events = calendar.getAllSubcomponents('vevent').map(component => new ICAL.Event(component));
    const [appointment, ...steps] = events;
    assert.equal(instant(appointment.startDate), Date.parse(plan.appointment.start));
    assert.equal(instant(appointment.endDate), Date.parse(plan.appointment.end));
    assert.equal(appointment.component.getFirstPropertyValue('transp'), 'OPAQUE');

    assert.equal(steps.length, plan.steps.length);
    plan.steps.forEach((step, i) => {
      const event = steps[i];
      assert.equal(event.component.getFirstPropertyValue('transp'), 'TRANSPARENT', step.id);
      if ('startsOn' in step) {
        const first = step.startsOn ?? step.endsOn;
        const last = step.startsOn === null ? first : step.endsOn ?? first;
        assert.ok(event.startDate.isDate && event.endDate.isDate, step.id);
        assert.equal(event.startDate.toString(), first, step.id);
        assert.equal(event.endDate.toString(), nextDay(last), step.id);
      } else {
        const from = Date.parse(step.startsAt);
        assert.equal(instant(event.startDate), from, step.id);
        assert.equal(instant(event.endDate), step.endsAt === null ? from + 30 * 60 * 1000 : Date.parse(step.endsAt), step.id);
      }
    });

    assert.equal(new Set(events.map(event => event.uid)).size, events.length);
    for (const event of events) {
      assert.equal(event.component.getFirstPropertyValue('class'), 'PRIVATE');
      assert.equal(event.description, null);
    }
  });
}

test('with a reference the entries keep their identity when the appointment moves', async () => {
  const uids = async request => new ICAL.Component(ICAL.parse(await (await post(request, 'text/calendar')).text()))
    .getAllSubcomponents('vevent').map(event => event.getFirstPropertyValue('uid')).sort();
  const [[, first]] = requests;
  const moved = { ...first, appointment: { ...first.appointment, start: '2026-12-01T09:00:00', end: '2026-12-01T10:00:00' } };
  assert.deepEqual(await uids(moved), await uids(first));
});

test('full detail comes through as it stands in the plan', async () => {
  const [[, request]] = requests;
  const plan = await (await post(request, 'application/json')).json();
  const calendar = new ICAL.Component(ICAL.parse(await (await post(request, 'text/calendar', '?detail=full')).text()));
  const [appointment, ...steps] = calendar.getAllSubcomponents('vevent').map(component => new ICAL.Event(component));
  assert.deepEqual(steps.map(event => event.summary), plan.steps.map(step => step.text));
  for (const risk of plan.risks) assert.ok(appointment.description.includes(risk.text));
});

test('no line is longer than 75 octets', async () => {
  for (const query of ['', '?detail=full']) {
    const text = await (await post(requests[0][1], 'text/calendar', query)).text();
    for (const line of text.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line);
  }
});
