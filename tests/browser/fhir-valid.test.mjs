import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fhir } from 'fhir';
import { service } from './chromium.mjs';
import { decided, fill, get, parameters, resources, screen } from './fhir-resources.mjs';

// Every resource that the service makes, in the eyes of a validator that has nothing to do with what made it.
const validator = new Fhir();

/** Complaints of the validator, each with its place; codes that it cannot look up, those of other systems, are none. */
function complaints(resource) {
  const { valid, messages } = validator.validate(resource, { errorOnUnexpected: true });
  return valid ? [] : messages.filter(message => message.severity !== 'information').map(message => `${message.location}: ${message.message}`);
}

const document = await (await fetch(`${service}/openapi/v1.json`)).json();
const examples = document.paths['/v1/screenings'].post.requestBody.content['application/json'].examples;

test('the validator complains', () => {
  assert.notDeepEqual(complaints({ resourceType: 'Questionnaire', status: 'activ', item: [{ linkId: 1 }], foo: 1 }), []);
});

test('the capability statement', async () => assert.deepEqual(complaints(await get('metadata')), []));

test('the operation definition', async () => assert.deepEqual(complaints(await get('OperationDefinition/screen')), []));

test('a search for a form', async () => {
  for (const [version, total] of [['1.0.0', 1], ['9.9.9', 0]]) {
    const bundle = await get(`Questionnaire?url=urn:screening-api:questionnaire:sublative-rf&version=${version}`);
    assert.deepEqual([complaints(bundle), bundle.total], [[], total]);
  }
});

for (const language of ['en', 'es']) {
  test(`the Questionnaire in ${language}`, async () => {
    const questionnaire = await get('Questionnaire/sublative-rf', language);
    assert.equal(questionnaire.language, language);
    assert.deepEqual(complaints(questionnaire), []);
  });
}

for (const [name, { value: request }] of Object.entries(examples).filter(([name]) => name !== 'bad-request')) {
  test(`the answer to the example ${name}, which is the same decision as elsewhere`, async () => {
    const { answers, appointment, asOf } = request;
    const rest = await (await fetch(`${service}/v1/screenings`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(request) })).json();
    const questionnaire = await get('Questionnaire/sublative-rf');
    const response = fill(questionnaire, { ...answers, treatmentAreas: appointment.areas });
    const asked = parameters(response, { start: rest.appointment.start, timeZone: appointment.timeZone, asOf });
    assert.deepEqual(complaints(asked), []);

    const { status, resource: bundle } = await screen('sublative-rf', asked);
    assert.equal(status, 200);
    assert.deepEqual(complaints(bundle), []);
    for (const { resource } of bundle.entry) assert.deepEqual(complaints(resource), []);
    assert.deepEqual(['eligibility', 'bookable', 'notBefore'].map(member => decided(bundle, member)), [rest.eligibility, rest.bookable, rest.notBefore]);
    assert.equal(resources(bundle, 'DetectedIssue').length, rest.reasons.length);
    assert.equal(resources(bundle, 'CarePlan').length, rest.bookable ? 1 : 0);
    assert.equal(resources(bundle, 'GuidanceResponse')[0].status, rest.eligibility === 'incomplete' ? 'data-required' : 'success');
  });
}

test('the answer to a record that was not seen in full, and to the question about today', async () => {
  const { answers, appointment, asOf } = examples.eligible.value;
  const response = fill(await get('Questionnaire/sublative-rf'), { ...answers, treatmentAreas: appointment.areas });
  const asked = parameters(response, { timeZone: appointment.timeZone, asOf });
  const subject = { reference: 'Patient/1' };
  asked.parameter.push({
    name: 'record',
    resource: {
      resourceType: 'Bundle', type: 'searchset', link: [{ relation: 'next', url: 'https://ehr.example.org/fhir?page=2' }],
      entry: [
        { resource: { resourceType: 'MedicationRequest', status: 'active', intent: 'order', medicationReference: { reference: 'Medication/9' }, subject } },
        { resource: { resourceType: 'Condition', implicitRules: 'http://example.org/rules', subject } },
      ],
    },
  });
  assert.deepEqual(complaints(asked), []);

  const { status, resource: bundle } = await screen('sublative-rf', asked);
  assert.equal(status, 200, JSON.stringify(bundle));
  assert.deepEqual(complaints(bundle), []);
  for (const { resource } of bundle.entry) assert.deepEqual(complaints(resource), []);
  const [guidance] = resources(bundle, 'GuidanceResponse');
  assert.deepEqual(complaints(guidance.contained[1]), []);
  assert.deepEqual(guidance.contained[1].issue.map(issue => issue.expression.length), [1, 1, 1]);
  const [plan] = resources(bundle, 'CarePlan');
  assert.ok(plan.activity.every(({ detail }) => detail.scheduledString));
});

test('outcomes', async () => {
  for (const body of [{ resourceType: 'Parameters' }, { resourceType: 'Parameters', parameter: [{ name: 'timeZone', valueString: 'Mars' }] }, {}]) {
    const { status, resource } = await screen('sublative-rf', body);
    assert.equal(status, 400);
    assert.deepEqual(complaints(resource), []);
  }
  assert.deepEqual(complaints(await get('Questionnaire/none')), []);
});
