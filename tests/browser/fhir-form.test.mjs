import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { launch, service } from './chromium.mjs';
import { decided, parameters, populate, resources, saidByPerson, saidByRest, saidInFhir, screen } from './fhir-resources.mjs';
import { fillByHand, names, openForm } from './renderers.mjs';

// The Questionnaire in renderers that others wrote: filled in by a person, and what the renderer makes of it screened.
const on = day => ({ start: `${day}T10:30:00-05:00`, end: `${day}T11:30:00-05:00`, timeZone: 'America/New_York', asOf: '2026-11-22T15:00:00Z' });
const people = JSON.parse(await readFile(new URL('intakes.json', import.meta.url), 'utf8'));
const nothing = people[0].answers;

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

const itemOf = form => linkId => form.questionnaire.item.flatMap(one => [one, ...one.item ?? []]).find(one => one.linkId === linkId);
const codingOf = form => (linkId, code) => itemOf(form)(linkId).answerOption.map(option => option.valueCoding)
  .find(one => one.code === code);

/** What `$screen` says of a form; LHC-Forms dates it now, and answers of a later day than the as-of date would not count. */
async function answered(form, day = people[0].day, further = []) {
  const appointment = on(day);
  const response = { ...await form.response(), authored: appointment.asOf };
  assert.deepEqual(form.complaints, []);
  const asked = parameters(response, appointment);
  return screen('sublative-rf', { ...asked, parameter: [...asked.parameter, ...further] });
}

async function screened(form, day, further) {
  const { status, resource } = await answered(form, day, further);
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

// What a record suggests, and what a person would say who has all of it.
const subject = { reference: 'Patient/1' };
const coded = (system, code) => ({ coding: [{ system, code }] });
const entries = [
  {
    resourceType: 'Condition', id: 'c1', subject,
    clinicalStatus: coded('http://terminology.hl7.org/CodeSystem/condition-clinical', 'active'),
    code: coded('http://hl7.org/fhir/sid/icd-10-cm', 'Z33.1'),
  },
  { resourceType: 'Condition', id: 'c2', subject, code: coded('http://hl7.org/fhir/sid/icd-10-cm', 'L40.0') },
  {
    resourceType: 'MedicationAdministration', id: 'm1', status: 'completed', subject,
    effectiveDateTime: '2026-11-16', medicationCodeableConcept: coded('http://www.whocc.no/atc', 'M03AX01'),
  },
];
const record = { name: 'record', resource: { resourceType: 'Bundle', type: 'collection', entry: entries.map(resource => ({ resource })) } };
const suggested = { pregnancy: 'yes', skinConditions: ['psoriasis'], injections: [{ product: 'botulinum-toxin', date: '2026-11-16' }] };
const rest = Object.fromEntries(Object.entries(nothing).filter(([question]) => !(question in suggested)));
const soon = '2026-11-27';

/** The form as `$populate` fills it in. */
async function populated() {
  const { timeZone, asOf } = on(soon);
  const { status, resource } = await populate('sublative-rf', {
    resourceType: 'Parameters',
    parameter: [
      { name: 'subject', valueReference: subject }, { name: 'timeZone', valueString: timeZone },
      { name: 'asOf', valueInstant: asOf }, record,
    ],
  });
  assert.equal(status, 200, JSON.stringify(resource));
  return resource.parameter[0].resource;
}

/**
 * What a form suggests helps nobody: with and without the record it is never better than the record alone, and nobody said it. What was
 * changed is no suggestion any more: without the record it is no better than no answer.
 */
async function assertUnconfirmed(form, isChanged) {
  const better = ['ineligible', 'incomplete', 'review', 'deferred', 'conditional', 'eligible'];
  const unanswered = { complaints: [], response: () => ({ resourceType: 'QuestionnaireResponse', status: 'completed', subject }) };
  for (const further of [[], [record]]) {
    const alone = await screened(unanswered, soon, isChanged ? further : [record]);
    const bundle = await screened(form, soon, further);
    const { eligibility, bookable, missing, notBefore } = saidInFhir(bundle);
    assert.ok(
      better.indexOf(eligibility) >= 0 && better.indexOf(eligibility) <= better.indexOf(decided(alone, 'eligibility')), eligibility);
    assert.ok(further.length === 0 || notBefore >= decided(alone, 'notBefore'), notBefore);
    assert.equal(bookable, false);
    const said = saidByPerson(bundle, form.questionnaire);
    for (const question of Object.keys(suggested)) assert.deepEqual(
      [question, missing.includes(question), said.has(question)], [question, true, false]);
  }
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
    const [item, coding] = [itemOf(form), codingOf(form)];
    for (const linkId of ['topicalRetinoidLastUsed', 'treatmentAreas', 'injections']) assert.equal(await form.isShown(item(linkId)), false);
    await fillByHand(form, { ...nothing, topicalRetinoidUse: 'stopped', topicalRetinoidLastUsed: '2026-11' });
    assert.equal(decided(await screened(form), 'eligibility'), 'eligible');
    await form.choose(item('topicalRetinoidUse'), coding('topicalRetinoidUse', 'never'));
    const bundle = await screened(form);
    assert.deepEqual([decided(bundle, 'eligibility'), resources(bundle, 'CarePlan').length], ['eligible', 1]);
    await form.page.close();
  });
  test(`${renderer}: what a record suggests is shown as chosen, and counts once the person confirms it`, async () => {
    const response = await populated();
    const form = await openForm(browser, renderer, 'en', response);
    const [item, coding] = [itemOf(form), codingOf(form)];
    for (const [linkId, code, group] of [
      ['pregnancy', 'yes'], ['skinConditions', 'psoriasis'], ['injections.any', 'yes'], ['injections.product', 'botulinum-toxin', 0],
    ]) {
      assert.deepEqual([linkId, await form.isChosen(item(linkId), coding(linkId, code), group)], [linkId, true]);
    }
    assert.equal(await form.typed(item('injections.date'), 0), '2026-11-16');
    assert.deepEqual([await form.isShown(item('from-record')), await form.isShown(item('from-record.confirmed'))], [false, true]);
    await assertUnconfirmed(form, false);

    await fillByHand(form, rest);
    await assertUnconfirmed(form, false);
    await form.tick(item('from-record.confirmed'));
    const bundle = await screened(form, soon);
    assert.deepEqual(saidInFhir(bundle), saidByRest(await byRest({ answers: { ...rest, ...suggested }, areas: [], day: soon })));
    assert.ok(saidByPerson(bundle, form.questionnaire).has('pregnancy'));
    await form.page.close();

    const unlisted = await openForm(
      browser, renderer, 'en', { ...response, item: response.item.filter(one => one.linkId !== 'from-record') });
    assert.equal(await unlisted.isShown(item('from-record.confirmed')), false);
    await unlisted.page.close();
  });

  test(`${renderer}: a suggestion that the person changed helps nobody until it is confirmed`, async () => {
    const form = await openForm(browser, renderer, 'en', await populated());
    const [item, coding] = [itemOf(form), codingOf(form)];
    await fillByHand(form, { ...rest, pregnancy: 'no', injections: [] });
    await form.unchoose(item('skinConditions'), coding('skinConditions', 'psoriasis'));

    // Smart Forms lets nobody undo an answer that has an extension, but to clear the question; what it shows is what is said.
    const isLeft = await form.isChosen(item('skinConditions'), coding('skinConditions', 'psoriasis'));
    if (!isLeft) await fillByHand(form, { skinConditions: [] });
    await assertUnconfirmed(form, true);
    await form.tick(item('from-record.confirmed'));
    const answers = { ...nothing, ...isLeft && { skinConditions: ['psoriasis'] } };
    assert.deepEqual(saidInFhir(await screened(form, soon)), saidByRest(await byRest({ answers, areas: [], day: soon })));
    await form.page.close();
  });
}
