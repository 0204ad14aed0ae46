import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from './chromium.mjs';
import { decided, get, parameters, resources, screen } from './fhir-resources.mjs';

// The Questionnaire in LHC-Forms, the form of the National Library of Medicine that many an EHR shows: rendered, filled in by a person, and what
// the form makes of it screened. https://lhncbc.github.io/lforms/
const types = { '.js': 'text/javascript', '.css': 'text/css' };
const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Form</title><link rel="stylesheet" href="/webcomponent/styles.css"></head>
<body><div id="form"></div>
<script src="/webcomponent/assets/lib/zone.min.js"></script><script src="/webcomponent/lhc-forms.js"></script><script src="/fhir/R4/lformsFHIR.min.js"></script></body></html>`;

const appointment = { start: '2026-12-18T10:30:00-05:00', end: '2026-12-18T11:30:00-05:00', timeZone: 'America/New_York', asOf: '2026-11-22T15:00:00Z' };
const general = 'urn:screening-api:codes';

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

/** A person before the form. */
async function open(language) {
  const page = await browser.newPage();
  const complaints = [];
  page.on('pageerror', error => complaints.push(error.message));
  await page.route('**/*', async route => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: html });
    try {
      const type = types[pathname.slice(pathname.lastIndexOf('.'))];
      return await route.fulfill({ contentType: type, body: await readFile(join(process.env.LFORMS, pathname)) });
    } catch {
      return route.fulfill({ status: 404 });
    }
  });
  await page.goto('http://form.example/');
  await page.waitForFunction(() => globalThis.LForms?.FHIR && globalThis.LForms.Util.addFormToPage);
  await page.evaluate(questionnaire => globalThis.LForms.Util.addFormToPage(questionnaire, 'form', { prepopulate: false }), await get('Questionnaire/sublative-rf', language));
  await page.waitForSelector('lhc-item');

  const choice = (item, code, system) => page.locator(`[id="${item}|${system}|${code}"]`);
  return {
    page,
    complaints,
    choose: (question, code) => choice(`${question}/1`, code, `${general}:sublative-rf:${question}`).click(),
    say: (question, code) => choice(`${question}/1`, code, general).click(),
    chooseOf: (member, group, code) => choice(`${member}/${group}/1`, code, `${general}:sublative-rf:${member}`).click(),
    date: async (item, text) => {
      const input = page.locator(`[id="${item}"] input`);
      await input.fill(text);
      await input.press('Enter');
      await input.press('Tab');
    },
    isShown: async item => await page.locator(`[id="item-${item}"]`).count() > 0,
    response: () => page.evaluate(() => globalThis.LForms.Util.getFormFHIRData('QuestionnaireResponse', 'R4')),
  };
}

/** Nothing to report, but for injections, which are left to the test. */
async function nothingToReport(form) {
  for (const question of ['pregnancy', 'breastfeeding', 'immuneImpairment', 'skinAllergy', 'metalAllergy', 'bleedingOrVascularDisorder', 'herpesSimplexHistory']) await form.choose(question, 'no');
  for (const question of ['skinCancer', 'anticoagulantUse']) await form.choose(question, 'none');
  for (const question of ['topicalRetinoidUse', 'isotretinoinUse']) await form.choose(question, 'never');
  for (const question of ['electronicImplants', 'metalPlates', 'skinConditions']) await form.say(question, 'none');
}

async function screened(form) {
  // The renderer dates the form now; the answers here are those of the as-of date, and later ones would not count.
  const response = { ...await form.response(), authored: appointment.asOf };
  const { status, resource } = await screen('sublative-rf', parameters(response, appointment));
  assert.equal(status, 200, JSON.stringify(resource));
  assert.deepEqual(form.complaints, []);
  return resource;
}

for (const language of ['en', 'es']) {
  test(`nothing to report is eligible, in ${language}`, async () => {
    const form = await open(language);
    await nothingToReport(form);
    await form.say('injections.any', 'no');
    const bundle = await screened(form);
    assert.equal(decided(bundle, 'eligibility'), 'eligible');
    assert.equal(resources(bundle, 'CarePlan').length, 1);
    await form.page.close();
  });
}

test('two injections, one of them too late, are deferred', async () => {
  const form = await open('en');
  await nothingToReport(form);
  assert.equal(await form.isShown('injections/1'), false);
  await form.say('injections.any', 'yes');
  await form.chooseOf('injections.product', 1, 'botulinum-toxin');
  await form.date('injections.date/1/1', '12/10/2026');
  await form.page.locator('[id="add-injections/1"]').click();
  await form.chooseOf('injections.product', 2, 'filler');
  await form.page.locator('[id="injections.date.unknown/2/1|true"]').click();
  const bundle = await screened(form);
  assert.deepEqual([decided(bundle, 'eligibility'), decided(bundle, 'earliestDate')], ['deferred', '2026-12-24']);
  assert.deepEqual(resources(bundle, 'DetectedIssue').map(issue => issue.code.coding[0].code), ['filler-or-toxin-injection']);
  await form.page.close();
});

test('what is asked only sometimes appears, and what is not answered is asked for', async () => {
  const form = await open('en');
  assert.equal(await form.isShown('topicalRetinoidLastUsed/1'), false);
  assert.equal(await form.isShown('treatmentAreas/1'), false);
  await nothingToReport(form);
  await form.choose('topicalRetinoidUse', 'stopped');
  await form.say('metalPlates', 'none');
  await form.choose('metalPlates', 'face');
  assert.equal(await form.isShown('topicalRetinoidLastUsed/1'), true);
  await form.page.locator('[id="item-treatmentAreas/1"]').waitFor();
  const bundle = await screened(form);
  assert.equal(decided(bundle, 'eligibility'), 'incomplete');
  const [guidance] = resources(bundle, 'GuidanceResponse');
  assert.deepEqual(guidance.dataRequirement.map(one => one.codeFilter[0].code[0].code), ['topicalRetinoidLastUsed', 'injections.any', 'treatmentAreas']);

  await form.date('topicalRetinoidLastUsed/1', '12/05/2025');
  await form.choose('treatmentAreas', 'hands');
  await form.say('injections.any', 'unknown');
  assert.equal(decided(await screened(form), 'eligibility'), 'review');
  await form.choose('treatmentAreas', 'face');
  assert.equal(decided(await screened(form), 'eligibility'), 'ineligible');
  await form.page.close();
});
