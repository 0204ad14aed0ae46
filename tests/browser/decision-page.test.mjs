import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { findings } from './axe.mjs';
import { launch, service } from './chromium.mjs';

// A decision as a person gets it: in every status, language and wording, on a screen and on paper.
const document = await (await fetch(`${service}/openapi/v1.json`)).json();
const examples = document.paths['/v1/screenings'].post.requestBody.content['application/json'].examples;
const statuses = document.components.schemas.Eligibility.enum;

// The examples show one thing each; this one shows all that a page may hold.
const full = structuredClone(examples.deferred.value);
full.slots = [full.appointment.start];
Object.assign(full.answers, {
  isotretinoinUse: 'past', skinConditions: ['unknown'], topicalRetinoidUse: 'current', herpesSimplexHistory: 'yes',
  injections: [{ product: 'filler', date: 'unknown' }, { product: 'botulinum-toxin', date: full.appointment.start.slice(0, 10) }],
});
delete full.answers.pregnancy;
full.clearances = [{ ruleId: 'isotretinoin', by: 'Dr. Ada Park', on: full.asOf.slice(0, 10), note: 'Seen.' }];

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

const get = (request, language, audience, prefer) => fetch(`${service}/v1/screenings?audience=${audience}`, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', Accept: 'text/html', 'Accept-Language': language, ...prefer && { Prefer: prefer } },
  body: JSON.stringify(request),
});

/** Opens a page as a browser would that was sent it; whatever it asks the network for, and every complaint, is noted. */
async function open(request, language, audience, media = 'screen', prefer = undefined) {
  const response = await get(request, language, audience, prefer);
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('content-language'), language);
  const page = await browser.newPage();
  const address = `${service}/v1/screenings`;
  const asked = [], complaints = [];
  await page.route('**/*', async route => {
    if (route.request().url() === address) {
      return route.fulfill({ status: 200, headers: Object.fromEntries(response.headers), body: await body });
    }
    asked.push(route.request().url());
    return route.abort();
  });
  page.on('console', message => complaints.push(message.text()));
  page.on('pageerror', error => complaints.push(error.message));
  const body = response.text();
  await page.emulateMedia({ media });
  await page.goto(address);
  return { page, asked, complaints };
}

test('there is an example of each status', () => assert.deepEqual(statuses.filter(status => !examples[status]), []));

for (const [name, request] of [...statuses.map(status => [status, examples[status].value]), ['everything', full]]) {
  for (const language of ['en', 'es']) {
    for (const audience of ['clinician', 'patient']) {
      test(`${name}, ${language}, for the ${audience}: accessible, and nothing is loaded`, async () => {
        const { page, asked, complaints } = await open(request, language, audience);
        assert.deepEqual(await findings(page), []);
        assert.equal(await page.getAttribute('html', 'lang'), language);
        assert.equal(await page.locator('h1').count(), 1);
        assert.ok((await page.locator('h1').innerText()).trim().length > 5);
        const drawing = page.getByRole('img');
        assert.equal(await drawing.count(), 1);
        assert.ok(await drawing.locator('title').count() && await drawing.locator('desc').count());
        assert.equal(await page.getByRole('radio').count(), audience === 'clinician' ? 2 : 0);
        assert.equal(await page.locator('.for-patient:visible').count(), 0);

        // Narrow as a telephone: the page itself never scrolls sideways.
        await page.setViewportSize({ width: 360, height: 740 });
        assert.ok(await page.evaluate(() => globalThis.document.documentElement.scrollWidth <= 360));
        assert.deepEqual(asked, []);
        assert.deepEqual(complaints, []);
        await page.close();
      });
    }
  }
}

test('staff turn the page to the patient by keyboard, and what is chosen is what is printed', async () => {
  const { page } = await open(examples.review.value, 'en', 'clinician');
  const staff = await page.locator('h1').innerText();
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowRight');
  const patient = await page.locator('h1').innerText();
  assert.notEqual(patient, staff);
  assert.equal(await page.locator('.for-clinician:visible').count(), 0);
  assert.deepEqual(await findings(page), []);

  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('h1').innerText(), patient);
  assert.equal(await page.getByRole('radio').count(), 0);
  await page.close();
});

for (const audience of ['clinician', 'patient']) {
  test(`on paper for the ${audience} everything fits`, async () => {
    const { page } = await open(full, 'es', audience, 'print');
    await page.setViewportSize({ width: 680, height: 960 });
    assert.deepEqual(await findings(page), []);
    const outside = await page.evaluate(() => [...globalThis.document.querySelectorAll('main *')]
      .filter(e => e.getBoundingClientRect().right > globalThis.innerWidth + 1).map(e => e.outerHTML.slice(0, 80)));
    assert.deepEqual(outside, []);
    await page.close();
  });
}

for (const audience of ['clinician', 'patient']) {
  test(`a receipt for the ${audience} can be read and copied whole, on a narrow screen and on paper`, async () => {
    for (const [media, width] of [['screen', 320], ['print', 680]]) {
      const { page, complaints } = await open(full, 'es', audience, media, 'receipt');
      await page.setViewportSize({ width, height: 960 });
      assert.deepEqual(await findings(page), []);
      assert.ok(await page.evaluate(() => globalThis.document.documentElement.scrollWidth <= globalThis.innerWidth));
      const section = page.locator('section', { has: page.getByRole('heading', { name: 'Comprobante' }) });
      const [leaf, receipt] = await section.locator('code').allInnerTexts();
      assert.match(leaf, /^[\w-]{43}$/);
      const answer = await (await fetch(`${service}/v1/decisions/verify`, {
        method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ receipt }),
      })).json();
      assert.deepEqual([answer.genuine, answer.leaf, answer.replay.result], [true, leaf, 'identical']);

      // All of it within the page, in lines of which none is cut off.
      const box = await section.locator('code').last().evaluate(code => [...code.getClientRects()].map(line => [line.left, line.right]));
      assert.ok(box.length > 10 && box.every(([left, right]) => left >= 0 && right <= width));
      assert.deepEqual(complaints, []);
      await page.close();
    }
  });
}

test('no text of the drawing leaves it', async () => {
  for (const request of [full, ...statuses.map(status => examples[status].value)]) {
    const { page } = await open(request, 'es', 'patient');
    const outside = await page.evaluate(() => {
      const box = globalThis.document.querySelector('.line svg').getBoundingClientRect();
      return [...globalThis.document.querySelectorAll('.line svg text')].filter(text => {
        const own = text.getBoundingClientRect();
        return own.left < box.left - 1 || own.right > box.right + 1 || own.top < box.top - 1 || own.bottom > box.bottom + 1;
      }).map(text => text.textContent);
    });
    assert.deepEqual(outside, []);
    await page.close();
  }
});

test('the policy holds: markup that slipped in would neither run nor restyle', async () => {
  const { page } = await open(examples.eligible.value, 'en', 'clinician');
  await page.evaluate(() => {
    globalThis.document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="document.title=1"><style>h1{color:rgb(1,2,3)}</style>');
  });
  assert.notEqual(await page.title(), '1');
  assert.notEqual(await page.evaluate(() => globalThis.getComputedStyle(globalThis.document.querySelector('h1')).color), 'rgb(1, 2, 3)');
  await page.close();
});
