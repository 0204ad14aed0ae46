// Parsers of calendars, each as a function from texts to their entries: { uid, start, end, summary, description, status, alarms }. A time is
// in milliseconds since 1970, a day is a string, an alarm the minutes from the start. Each uses the zone that the file defines.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import ICAL from 'ical.js';
import { convertIcsCalendar } from 'ts-ics';

const withIcalJs = text => {
  const point = time => {
    if (time.isDate) return time.toString();
    assert.notEqual(time.zone, ICAL.Timezone.localTimezone, 'a time without a zone');
    return time.toUnixTime() * 1000;
  };
  return new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map(component => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid, start: point(event.startDate), end: point(event.endDate), summary: event.summary, description: event.description,
      status: component.getFirstPropertyValue('status'),
      alarms: component.getAllSubcomponents('valarm').map(alarm => alarm.getFirstPropertyValue('trigger').toSeconds() / 60),
    };
  });
};

const withTsIcs = text => {
  const point = time => time.type === 'DATE' ? time.date.toISOString().slice(0, 10) : time.date.getTime();
  const minutes = ({ before, weeks = 0, days = 0, hours = 0, minutes = 0 }) =>
    (before ? -1 : 1) * (((weeks * 7 + days) * 24 + hours) * 60 + minutes);
  return convertIcsCalendar(undefined, text).events.map(event => ({
    uid: event.uid, start: point(event.start), end: point(event.end), summary: event.summary, description: event.description ?? null,
    status: event.status ?? null, alarms: (event.alarms ?? []).map(alarm => minutes(alarm.trigger.value)),
  }));
};

/** One process for all texts. */
const withPython = module => texts => {
  const read = spawnSync('/usr/bin/python3', [fileURLToPath(new URL('read.py', import.meta.url)), module], {
    input: JSON.stringify(texts), encoding: 'utf8', maxBuffer: 64 * 1024 * 1024,
  });
  assert.equal(read.status, 0, read.stderr);
  return JSON.parse(read.stdout);
};

export const parsers = {
  'ical.js': texts => texts.map(withIcalJs),
  'ts-ics': texts => texts.map(withTsIcs),
  icalendar: withPython('icalendar'),
  vobject: withPython('vobject'),
};
