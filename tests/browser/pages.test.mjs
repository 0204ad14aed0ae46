import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { all, findings } from './axe.mjs';
import { launch, service } from './chromium.mjs';

// What the service shows to people, as they may see it: on a telephone and on a desk, in the light and in the dark, and on paper.
const document = await (await fetch(`${service}/openapi/v1.json`)).json();
const examples = document.paths['/v1/screenings'].post.requestBody.content['application/json'].examples;

// All that a page may hold: the examples show one thing each.
const full = structuredClone(examples.deferred.value);
full.slots = [full.appointment.start];
Object.assign(full.answers, {
  isotretinoinUse: 'past', skinConditions: ['unknown'], topicalRetinoidUse: 'current', herpesSimplexHistory: 'yes', skincareKit: 'yes',
  injections: [{ product: 'filler', date: 'unknown' }, { product: 'botulinum-toxin', date: full.appointment.start.slice(0, 10) }],
});
delete full.answers.topicalRetinoidLastUsed;
full.clearances = [{ ruleId: 'isotretinoin', by: 'Dr. Ada Park', on: full.asOf.slice(0, 10), note: 'Seen.' }];

const pages = {
  'decision for staff': ['POST', '/v1/screenings', full],
  'decision for the patient': ['POST', '/v1/screenings?audience=patient', full],
  'care plan': ['POST', '/v1/care-plans', examples.conditional.value],
  'preview of a care plan': ['POST', '/v1/care-plans?preview=true', full],
  'problem with a care plan': ['POST', '/v1/care-plans', { ...full, unknown: 1 }],
  'exclusion list': ['GET', '/v1/protocols/sublative-rf'],
};

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

/** Opens a page as a browser would that was sent it. */
async function open(name, language) {
  const [method, path, body] = pages[name];
  const response = await fetch(service + path, {
    method,
    headers: { 'Content-Type': 'application/json', Accept: 'text/html', 'Accept-Language': language },
    body: body && JSON.stringify(body),
  });
  const html = await response.text();
  assert.equal(response.headers.get('content-type'), 'text/html; charset=utf-8');
  const page = await browser.newPage();
  const complaints = [];
  page.on('console', message => complaints.push(message.text()));
  page.on('pageerror', error => complaints.push(error.message));
  await page.route('**/*', route => route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body: html }));
  await page.goto(service + path);
  return { page, complaints: () => complaints.filter(text => !text.includes(`status of ${response.status}`)) };
}

const background = page => page.evaluate(() => globalThis.getComputedStyle(globalThis.document.documentElement).backgroundColor);

const views = [['en', 320, 'light'], ['es', 1280, 'dark'], ['es', 320, 'dark'], ['en', 1280, 'light']];
for (const name of Object.keys(pages)) {
  for (const [language, width, colorScheme] of name.startsWith('problem') ? views.slice(0, 2) : views) {
    test(`${name}, ${language}, ${width} px, ${colorScheme}: no finding, nothing wider than its reader`, async () => {
      const { page, complaints } = await open(name, language);
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      assert.equal(await background(page), colorScheme === 'dark' ? 'rgb(18, 18, 18)' : 'rgb(255, 255, 255)');
      assert.deepEqual(await findings(page, all), []);
      assert.ok(await page.evaluate(() => globalThis.document.documentElement.scrollWidth <= globalThis.innerWidth));
      assert.deepEqual(complaints(), []);
      await page.close();
    });
  }
}

test('on a telephone the dates are a list that can be read, on a desk a drawing', async () => {
  const { page } = await open('decision for the patient', 'en');
  await page.setViewportSize({ width: 320, height: 900 });
  assert.equal(await page.locator('.line svg:visible').count(), 0);
  const sizes = await page.locator('.days li')
    .evaluateAll(items => items.map(item => parseFloat(globalThis.getComputedStyle(item).fontSize)));
  assert.ok(sizes.length > 5 && sizes.every(size => size >= 16));
  await page.setViewportSize({ width: 1280, height: 900 });
  assert.equal(await page.locator('.line svg:visible').count(), 1);
  assert.equal(await page.locator('.days:visible').count(), 0);
  await page.close();
});

/** The text of each sheet. */
async function print(name, language) {
  const { page } = await open(name, language);
  await page.emulateMedia({ colorScheme: 'dark' });
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  assert.equal(await background(page), 'rgb(255, 255, 255)');
  await page.close();
  return execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf }).toString().split('\f').slice(0, -1);
}

for (const [name, language, words] of [
  ['decision for staff', 'en', [/Name:.*Date of birth:.*Answers as of: /]],
  ['decision for the patient', 'es', [/Nombre:.*Fecha de nacimiento:.*Respuestas a fecha de: /]],
  ['care plan', 'es', [/Nombre:.*Fecha de nacimiento:.*Respuestas a fecha de: /]],
  ['preview of a care plan', 'en', [/Preview\. This appointment is not bookable/, /Name:.*Date of birth:.*Answers as of: /]],
  ['exclusion list', 'en', []],
]) {
  test(`${name}: every sheet is numbered, and says whose it is and of when`, async () => {
    const sheets = await print(name, language);
    assert.ok(sheets.length > 1, 'more than one sheet');
    for (const [i, sheet] of sheets.entries()) {
      assert.match(sheet.trimEnd(), new RegExp(`\\b${i + 1} ?/ ?${sheets.length}$`));
      for (const expected of words) assert.match(sheet, expected);
    }
  });
}
