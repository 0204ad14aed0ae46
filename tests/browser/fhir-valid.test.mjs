import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Fhir } from 'fhir';
import { service } from './chromium.mjs';
import { breaking } from './fhir-broken.mjs';
import { call } from './fhir-calls.mjs';
import { brokenInvariants } from './fhir-invariants.mjs';
import { decided, fill, json, parameters, resources } from './fhir-resources.mjs';

// Every resource that the service makes, in the eyes of a validator and a FHIRPath engine that have nothing to do with what made it.
const validator = new Fhir();

/** Complaints of the validator, each with its place; codes that it cannot look up, those of other systems, are none. */
function faults(resource) {
  const { valid, messages } = validator.validate(resource, { errorOnUnexpected: true });
  return valid ? [] : messages.filter(message => message.severity !== 'information').map(message => `${message.location}: ${message.message}`);
}

const document = await (await fetch(`${service}/openapi/v1.json`)).json();
const routes = Object.entries(document.paths).filter(([path]) => path.startsWith('/fhir/'))
  .flatMap(([path, methods]) => Object.keys(methods).map(method => ({ name: `${method} ${path}`, method, path: path.split('/') })));
const [visited, judged, types, statuses] = [new Set(), new Set(), new Set(), new Set()];
const samples = {};

function visit(method, path) {
  const steps = path.split('?')[0].split('/');
  const route = routes.find(one => one.method === method && one.path.length === steps.length && one.path.every((step, i) => step === steps[i] || /^\{.*\}$/u.test(step)));
  assert.ok(route, `${method} ${path} is no route of the document`);
  visited.add(route.name);
}

/**
 * Without what is made anew for each request, the id of a decision, its signature and the one that leads to its line in the log; and without
 * narratives, which XML, being longer, shortens earlier.
 */
function lasting({ extension, ...resource }) {
  const ofSignature = key => ['recorded', 'when', 'data'].includes(key);
  const text = JSON.stringify(resource, (key, value) => value?.div || ofSignature(key) ? undefined : value);
  return JSON.parse(text.replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/gu, 'id'));
}

function typesOf(value) {
  if (value?.resourceType) types.add(value.resourceType);
  if (typeof value === 'object' && value) Object.values(value).forEach(typesOf);
}

/** Asks for a resource in both formats: nobody complains of either, and both say the same. A new route needs a test with one line of this. */
async function received(path, { body, language = 'en', status = 200, name, prefer } = {}) {
  const method = body ? 'post' : 'get';
  visit(method, path);
  const answer = async accept => {
    const response = await fetch(service + path, {
      method, headers: { Accept: accept, 'Accept-Language': language, ...body && { 'Content-Type': json }, ...prefer && { Prefer: prefer } }, body: body && JSON.stringify(body),
    });
    const text = await response.text();
    assert.ok([status].flat().includes(response.status), `${response.status}: ${text}`);
    return text;
  };
  const resource = JSON.parse(await answer(json));
  const ofXml = validator.xmlToObj(await answer('application/fhir+xml'));
  for (const one of [resource, ofXml]) {
    assert.deepEqual(faults(one), []);
    const { broken, seen } = brokenInvariants(one);
    assert.deepEqual(broken, []);
    seen.forEach(key => judged.add(key));
  }
  assert.deepEqual(lasting(ofXml), lasting(resource));
  typesOf(resource);
  samples[name] ??= resource;
  return resource;
}

const screened = (body, options) => received('/fhir/Questionnaire/sublative-rf/$screen', { body, ...options });
const form = await received('/fhir/Questionnaire/sublative-rf', { name: 'form' });
const examples = document.paths['/v1/screenings'].post.requestBody.content['application/json'].examples;

test('the validator complains', () => {
  assert.notDeepEqual(faults({ resourceType: 'Questionnaire', status: 'activ', item: [{ linkId: 1 }], foo: 1 }), []);
  assert.deepEqual(brokenInvariants({ resourceType: 'Patient', text: form.text, foo: 1 }).broken, ['Patient.foo: unknown to R4']);
});

test('the capability statement', () => received('/fhir/metadata', { name: 'statement' }));

for (const operation of ['screen', 'populate']) {
  test(`the definition of $${operation}`, () => received(`/fhir/OperationDefinition/${operation}`, { name: 'definition' }));
}

test('a search for a form', async () => {
  for (const [version, total] of [['1.0.0', 1], ['9.9.9', 0]]) {
    assert.equal((await received(`/fhir/Questionnaire?url=urn:screening-api:questionnaire:sublative-rf&version=${version}`)).total, total);
  }
});

for (const language of ['en', 'es']) {
  test(`the Questionnaire in ${language}`, async () => {
    assert.equal((await received('/fhir/Questionnaire/sublative-rf', { language })).language, language);
  });
}

for (const [name, { value: request }] of Object.entries(examples).filter(([name]) => name !== 'bad-request')) {
  test(`the answer to the example ${name}, which is the same decision as elsewhere`, async () => {
    const { answers, appointment, clearances } = request;
    const rest = await (await fetch(`${service}/v1/screenings`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(request) })).json();
    const response = fill(form, { ...answers, treatmentAreas: appointment.areas });
    const asked = parameters(response, { start: rest.appointment.start, timeZone: appointment.timeZone, asOf: rest.asOf, clearances });
    assert.deepEqual(faults(asked), []);

    const bundle = await screened(asked, { name: rest.bookable ? 'decision' : rest.eligibility });
    for (const { resource } of bundle.entry) assert.deepEqual(faults(resource), []);
    assert.deepEqual(['eligibility', 'bookable', 'notBefore'].map(member => decided(bundle, member)), [rest.eligibility, rest.bookable, rest.notBefore]);
    assert.equal(resources(bundle, 'DetectedIssue').length, rest.reasons.length);
    assert.equal(resources(bundle, 'CarePlan').length, rest.bookable ? 1 : 0);
    assert.equal(resources(bundle, 'GuidanceResponse')[0].status, rest.eligibility === 'incomplete' ? 'data-required' : 'success');
  });
}

test('the answer to a record that was not seen in full, and to the question about today', async () => {
  const { answers, appointment, asOf } = examples.eligible.value;
  const response = fill(form, { ...answers, treatmentAreas: appointment.areas });
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
  assert.deepEqual(faults(asked), []);

  const bundle = await screened(asked);
  for (const { resource } of bundle.entry) assert.deepEqual(faults(resource), []);
  const [guidance] = resources(bundle, 'GuidanceResponse');
  assert.deepEqual(faults(guidance.contained[1]), []);
  assert.deepEqual(guidance.contained[1].issue.map(issue => issue.expression.length), [1, 1, 1]);
  const [plan] = resources(bundle, 'CarePlan');
  assert.ok(plan.activity.every(({ detail }) => detail.scheduledString));
});

test('the answers to many calls, of every status', async () => {
  let refused = 0;
  for (let seed = 1; seed <= 40; seed += 1) {
    const { answers, appointment } = examples[seed % 2 ? 'eligible' : 'conditional'].value;
    const { asked, language } = call(seed, form, { ...answers, treatmentAreas: appointment.areas });
    const prefer = seed % 4 === 0 ? 'receipt' : undefined;
    const answer = await screened(asked, { language, status: [200, 422], prefer });
    const signed = answer.resourceType === 'Bundle' ? resources(answer, 'Provenance') : [];
    assert.equal(signed.length, prefer && answer.resourceType === 'Bundle' ? 1 : 0);
    for (const { target, signature } of signed) {
      assert.equal(answer.entry.find(entry => entry.fullUrl === target[0].reference).resource.resourceType, 'GuidanceResponse');
      assert.match(Buffer.from(signature[0].data, 'base64').toString(), /^[\w-]+\.[\w-]+\.[\w-]+~[\w-]+~[\w-]+~$/u);
    }
    if (answer.resourceType === 'Bundle') statuses.add(decided(answer, 'eligibility'));
    else refused += 1;
  }
  assert.deepEqual([...statuses].sort(), ['conditional', 'deferred', 'eligible', 'incomplete', 'ineligible', 'review']);
  assert.ok(refused > 0 && refused < 20, `${refused} refused`);
});

test('a form filled in from a record, by the examples and refused', async () => {
  const path = '/fhir/Questionnaire/sublative-rf/$populate';
  const asked = Object.values(document.paths['/fhir/Questionnaire/{protocol}/$populate'].post.requestBody.content[json].examples);
  for (const { value } of asked) {
    const { parameter } = await received(path, { body: value, name: 'populated' });
    assert.deepEqual(parameter.map(one => one.name), ['response', 'issues']);
    assert.ok(parameter[0].resource.item.length > 0);
  }
  await received(path, { body: { resourceType: 'Parameters' }, status: 400 });
});

test('outcomes', async () => {
  for (const body of [{ resourceType: 'Parameters' }, { resourceType: 'Parameters', parameter: [{ name: 'timeZone', valueString: 'Mars' }] }, {}]) {
    await screened(body, { status: 400, name: 'outcome' });
  }
  await received('/fhir/Questionnaire/none', { status: 404 });
  await received('/fhir/Questionnaire', { status: 400 });
});

test('whatever breaks an invariant is found, for each one that was judged', () => {
  for (const [key, [sample, change]] of Object.entries(breaking)) {
    const resource = structuredClone(samples[sample]);
    change(resource);
    assert.ok(brokenInvariants(resource).broken.some(complaint => complaint.includes(`: ${key} (`)), key);
  }
  assert.deepEqual([...judged].filter(key => !(key in breaking)), []);
});

after(() => {
  assert.deepEqual(routes.map(route => route.name).filter(name => !visited.has(name)), [], 'routes whose resources nobody looked at');
  assert.deepEqual([...types].sort(), ['Bundle', 'CapabilityStatement', 'CarePlan', 'DetectedIssue', 'GuidanceResponse', 'OperationDefinition', 'OperationOutcome', 'Parameters', 'Provenance', 'Questionnaire', 'QuestionnaireResponse']);
});
