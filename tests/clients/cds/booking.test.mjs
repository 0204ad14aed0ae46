// A whole booking, as an EHR plays it: discovery, the form, the hook, the card, the feedback.
// Environment: SCREENING_URL.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, test } from 'node:test';
import { Client } from 'fhir-kit-client';
import { Ehr } from './ehr.mjs';

const service = process.env.SCREENING_URL;
const patient = 'eXoGxqgBaJuNkuahMYmiDhg3';
const subject = { reference: `Patient/${patient}` };
const inDays = days => new Date(Date.now() + days * 86_400_000).toISOString();

const json = async (path, body, headers = {}) => {
  const response = await fetch(service + path, {
    method: body ? 'POST' : 'GET',
    headers: { ...(body && { 'content-type': 'application/json' }), ...headers },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : undefined };
};

/** Answers every question with its first harmless answer: "no", "none", "never". */
const filledIn = (questionnaire, changes = {}) => ({
  resourceType: 'QuestionnaireResponse',
  id: 'intake-1',
  questionnaire: questionnaire.url,
  status: 'completed',
  subject,
  authored: new Date().toISOString(),
  item: questionnaire.item.flatMap(item => {
    const wanted = changes[item.linkId] ?? ['no', 'none', 'never'];
    const option = item.answerOption?.find(one => wanted.includes(one.valueCoding.code));
    return option ? [{ linkId: item.linkId, answer: [{ valueCoding: option.valueCoding }] }] : [];
  }),
});

const appointment = (id, start, more = {}) => ({
  resourceType: 'Appointment',
  id,
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/timezone', valueCode: 'America/New_York' }],
  status: 'proposed',
  start,
  end: start.replace('Z', ':00Z'), // as malformed as in the definition of the hook
  participant: [{ actor: subject, status: 'tentative' }],
  ...more,
});

let questionnaire;
let services;
before(async () => {
  services = (await json('/cds-services')).body.services;
  questionnaire = await new Client({ baseUrl: `${service}/fhir` }).read({ resourceType: 'Questionnaire', id: 'sublative-rf' });
});

const book = async (ehr, appointments, more = {}) => {
  const { id, hook, prefetch } = services.find(one => one.hook === 'appointment-book' && one.id.startsWith('sublative-rf'));
  const context = { userId: 'PractitionerRole/A2340113', patientId: patient, appointments: { resourceType: 'Bundle', type: 'collection', entry: appointments.map(resource => ({ resource })) } };
  return json(`/cds-services/${id}`, {
    hook,
    hookInstance: randomUUID(),
    fhirServer: ehr.url,
    fhirAuthorization: { access_token: 'secret', token_type: 'Bearer', expires_in: 300, scope: 'patient/*.rs', subject: 'cds', patient },
    context,
    prefetch: await ehr.prefetch(prefetch, context),
    ...more,
  });
};

const held = [{ resourceType: 'Patient', id: patient }];

test('a whole booking', async t => {
  const ehr = await new Ehr([...held, filledIn(questionnaire)]).start();
  t.after(() => ehr.stop());
  const { status, body } = await book(ehr, [appointment('apt1', inDays(10)), appointment('apt2', 'soon'), appointment('apt3', inDays(20))]);
  assert.equal(status, 200, JSON.stringify(body));
  assert.deepEqual(body.cards.map(card => card.indicator), ['info', 'critical', 'info']);
  assert.equal(body.systemActions, undefined);
  for (const card of body.cards) {
    assert.ok(card.summary.length < 140, card.summary);
    for (const link of card.links) {
      assert.equal(link.type, 'absolute');
      assert.equal((await fetch(link.url)).status, 200, link.url);
      assert.doesNotMatch(link.url, new RegExp(patient));
    }
  }
  assert.equal(body.cards[0].extension['urn:screening-api:decision'].bookable, true);

  const [first] = body.cards;
  const feedback = { feedback: [{ card: first.uuid, outcome: 'overridden', overrideReason: { reason: first.overrideReasons[0], userComment: 'seen by phone' }, outcomeTimestamp: new Date().toISOString() }] };
  assert.equal((await json('/cds-services/sublative-rf-appointment-book/feedback', feedback)).status, 200);
  assert.equal((await json('/cds-services/sublative-rf-appointment-book/feedback', feedback)).status, 200);

  assert.ok(ehr.asked.length > 5);
  assert.deepEqual([...new Set(ehr.asked.map(one => one.by))], ['ehr'], 'only the EHR itself asks its server');
});

test('the record makes an answer worse, and a card says where that stands', async t => {
  const psoriasis = { resourceType: 'Condition', id: 'c1', subject, clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }] }, code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'L40.0' }] } };
  const ehr = await new Ehr([...held, filledIn(questionnaire), psoriasis]).start();
  t.after(() => ehr.stop());
  const { body } = await book(ehr, [appointment('apt1', inDays(10))]);
  assert.equal(body.cards[0].indicator, 'critical');
  assert.match(body.cards[0].detail, /`Condition\/c1`/);
});

test('without a form nobody was screened, and the card asks', async t => {
  const ehr = await new Ehr(held).start();
  t.after(() => ehr.stop());
  const { status, body } = await book(ehr, [appointment('apt1', inDays(10))]);
  assert.equal(status, 200);
  assert.equal(body.cards[0].indicator, 'critical');
  assert.match(body.cards[0].summary, /not screened/);
  assert.match(body.cards[0].detail, /What to ask next/);
});

test('a client of CDS Hooks 3.0 is served as well', async t => {
  const ehr = await new Ehr([...held, filledIn(questionnaire, { pregnancy: ['yes'] })]).start();
  t.after(() => ehr.stop());
  const { status, body } = await book(ehr, [appointment('apt1', inDays(10))], { extension: { 'org.example': {} }, hookVersion: '1.0', somethingNew: [1] });
  assert.equal(status, 200);
  assert.equal(body.cards[0].extension['urn:screening-api:decision'].eligibility, 'ineligible');
});

