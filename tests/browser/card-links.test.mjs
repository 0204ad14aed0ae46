import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { findings } from './axe.mjs';
import { launch, service } from './chromium.mjs';

// Every link of a card, opened as a clinician opens it.
const document = await (await fetch(`${service}/openapi/v1.json`)).json();
const call = document.paths['/cds-services/{id}'].post.requestBody.content['application/json'].examples.deferred.value;
const subject = { reference: `Patient/${call.context.patientId}` };

// Everything that a page tells besides a decision: an entry of the record, a part that did not come, and a clinic in nobody knows which zone.
const appointment = call.context.appointments.entry[0].resource;
delete appointment.extension;
appointment.start = new Date(Date.now() + 30 * 86_400_000).toISOString();
call.prefetch.conditions.entry = [{ resource: { resourceType: 'Condition', id: 'c1', subject, code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'L40.0' }] } } }];
delete call.prefetch.devices;

let browser;
let links;
before(async () => {
  browser = await launch();
  const response = await fetch(`${service}/cds-services/sublative-rf-appointment-book`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(call) });
  links = (await response.json()).cards[0].links.map(link => link.url);
});
after(async () => { await browser.close(); });

async function open(url) {
  const page = await browser.newPage();
  const complaints = [];
  page.on('console', message => complaints.push(message.text()));
  page.on('pageerror', error => complaints.push(error.message));
  const response = await page.goto(url);
  return { page, complaints, status: response.status(), type: response.headers()['content-type'] };
}

test('a card links to the form, to the decision and to the exclusion list', () => assert.equal(links.length, 3));

for (const [name, place, heading] of [
  ['intake form', 0, /^Intake form$/],
  ['decision', 1, /^May not be booked: an exclusion applies$/],
  ['exclusion list', 2, /^Exclusion list$/],
]) {
  for (const media of ['screen', 'print']) {
    test(`the ${name}, ${media}: a page, accessible, as wide as its reader`, async () => {
      const { page, complaints, status, type } = await open(links[place]);
      assert.deepEqual([status, type], [200, 'text/html; charset=utf-8']);
      await page.emulateMedia({ media });
      assert.match((await page.locator('h1').innerText()).trim(), heading);
      assert.deepEqual(await findings(page), []);
      await page.setViewportSize({ width: media === 'print' ? 680 : 360, height: 740 });
      assert.ok(await page.evaluate(() => globalThis.document.documentElement.scrollWidth <= globalThis.innerWidth));
      assert.deepEqual(complaints, []);
      await page.close();
    });
  }
}

test('the decision tells staff of the record, and the patient nothing that is meant for staff', async () => {
  const { page } = await open(links[1]);
  const staff = await page.locator('main').innerText();
  for (const words of ['Condition/c1', 'What was not seen', 'the worst outcome is shown']) {
    assert.ok(staff.includes(words), words);
  }

  await page.getByRole('radio').nth(1).check();
  const patient = await page.locator('main').innerText();
  for (const words of ['Condition/c1', 'What was not seen']) {
    assert.ok(!patient.includes(words), words);
  }

  await page.close();
});

test('a link that was cut is told so in words', async () => {
  const { page, status } = await open(links[1].slice(0, -5));
  assert.equal(status, 404);
  assert.equal(await page.locator('h1').innerText(), 'This link cannot be opened.');
  assert.deepEqual(await findings(page), []);
  await page.close();
});
