import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { launch, service } from './chromium.mjs';
import { decided, parameters, resources, saidByRest, saidInFhir, screen } from './fhir-resources.mjs';
import { fillByHand, names, openForm } from './renderers.mjs';

// The Questionnaire in renderers that others wrote: filled in by a person, and what the renderer makes of it screened.
const on = day => ({ start: `${day}T10:30:00-05:00`, end: `${day}T11:30:00-05:00`, timeZone: 'America/New_York', asOf: '2026-11-22T15:00:00Z' });
const people = JSON.parse(await readFile(new URL('intakes.json', import.meta.url), 'utf8'));
const nothing = people[0].answers;

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

/** What `$screen` says of a form; LHC-Forms dates it now, and answers of a later day than the as-of date would not count. */
async function answered(form, day = people[0].day) {
  const appointment = on(day);
  const response = { ...await form.response(), authored: appointment.asOf };
  assert.deepEqual(form.complaints, []);
  return screen('sublative-rf', parameters(response, appointment));
}

async function screened(form, day) {
  const { status, resource } = await answered(form, day);
  assert.equal(status, 200, JSON.stringify(resource));
  return resource;
}

async function byRest({ answers, areas, day }) {
  const { start, end, timeZone, asOf } = on(day);
  const response = await fetch(`${service}/v1/screenings`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Accept-Language': 'en' },
    body: JSON.stringify({ protocol: 'sublative-rf', appointment: { start, end, timeZone, ...areas.length && { areas } }, asOf, answers }),
  });
  assert.equal(response.status, 200);
  return response.json();
}

test('the people are twelve, and come to every eligibility', () => {
  assert.equal(people.length, 12);
  assert.deepEqual([...new Set(people.map(one => one.eligibility))].sort(), ['conditional', 'deferred', 'eligible', 'incomplete', 'ineligible', 'review']);
});

for (const renderer of names) {
  const open = language => openForm(browser, renderer, language);

  for (const person of people) {
    test(`${renderer}: ${person.name}: ${person.eligibility}, as by REST`, async () => {
      const form = await open(person.language);
      await fillByHand(form, { ...person.answers, ...person.areas.length && { treatmentAreas: person.areas } });
      const rest = saidByRest(await byRest(person));
      assert.equal(rest.eligibility, person.eligibility);
      assert.deepEqual(saidInFhir(await screened(form, person.day)), rest);
      await form.page.close();
    });
  }

  test(`${renderer}: a date that is misspelt is told beside its question by the form, and by the service, and helps nobody`, async () => {
    const form = await open('en');
    await fillByHand(form, { ...nothing, topicalRetinoidUse: 'stopped' });
    const item = form.questionnaire.item.find(one => one.linkId === 'topicalRetinoidLastUsed');
    for (const text of ['2025-13', '12/2025', '2025-2', 'May 2025', 'unknown', '2026-02-30']) {
      await form.type(item, text);
      if (text !== '2026-02-30') assert.match(await form.refusal(item).textContent(), /regex/i); // a form knows no calendar
      const at = (await form.response()).item.findIndex(one => one.linkId === item.linkId);
      const { status, resource } = await answered(form);
      assert.deepEqual(
        [text, status, resource.issue.map(issue => [issue.details.coding[0].code, issue.expression])],
        [text, 422, [['invalid-date', [`Parameters.parameter[0].resource.item[${at}].answer[0].value`]]]]);
    }
    await form.type(item, '2025');
    await form.refusal(item).waitFor({ state: 'detached' });
    assert.equal(decided(await screened(form), 'eligibility'), 'eligible');
    await form.page.close();
  });

  test(`${renderer}: "none of these" beside one of them is never none`, async () => {
    const form = await open('en');
    await fillByHand(form, { ...nothing, electronicImplants: ['none', 'pacemaker'] });
    const { status, resource } = await answered(form);
    if (status === 200) {
      assert.equal(decided(resource, 'eligibility'), 'ineligible');
    } else {
      assert.deepEqual([status, resource.issue.map(issue => issue.details.coding[0].code)], [422, ['contradictory-answers']]);
    }
    await form.page.close();
  });

  test(`${renderer}: what is asked only sometimes appears, and what was said of it counts only while it is asked`, async () => {
    const form = await open('en');
    const item = linkId => form.questionnaire.item.find(one => one.linkId === linkId);
    const coding = (linkId, code) => item(linkId).answerOption.map(option => option.valueCoding).find(one => one.code === code);
    for (const linkId of ['topicalRetinoidLastUsed', 'treatmentAreas', 'injections']) assert.equal(await form.isShown(item(linkId)), false);
    await fillByHand(form, { ...nothing, topicalRetinoidUse: 'stopped', topicalRetinoidLastUsed: '2026-11' });
    assert.equal(decided(await screened(form), 'eligibility'), 'eligible');
    await form.choose(item('topicalRetinoidUse'), coding('topicalRetinoidUse', 'never'));
    const bundle = await screened(form);
    assert.deepEqual([decided(bundle, 'eligibility'), resources(bundle, 'CarePlan').length], ['eligible', 1]);
    await form.page.close();
  });
}
