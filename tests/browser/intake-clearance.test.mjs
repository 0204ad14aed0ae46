import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { all, findings } from './axe.mjs';
import { launch, service } from './chromium.mjs';
import { cases, date, decide, enter, fill, form, named, normal, press, rest, said, today } from './intake-form.mjs';

// Staff record in the form what a clinician has cleared, without scripts: the same decision as the request with these clearances.
const by = 'Dr. Ada Park';
const note = 'seen in person\nagreed to “low” settings';
const reviewed = cases.filter(one => one.expected.eligibility === 'review');
const local = timeZone => new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(Date.now());

let browser, quiet;
before(async () => {
  browser = await launch();
  quiet = await browser.newContext({ javaScriptEnabled: false });
});
after(async () => { await browser.close(); });

/** The rules whose finding the page offers to be cleared. */
const offered = async page => (await page.locator('details input[name$=".by"]').evaluateAll(inputs => inputs.map(input => input.name)))
  .map(name => name.split('.')[1]);

async function clear(page, rule, on) {
  await page.locator('details', { has: named(page, `clearances.${rule}.by`) }).locator('summary').click();
  await named(page, `clearances.${rule}.by`).fill(by);
  await date(page, `clearances.${rule}.on`, on);
  await named(page, `clearances.${rule}.note`).fill(note);
}

test('there are findings to clear', () => assert.ok(reviewed.length > 2, String(reviewed.length)));

for (const [index, { name, request }] of reviewed.entries()) {
  const language = ['en', 'es'][index % 2];
  test(`${name}: everything cleared, ${language}, as by the request`, async () => {
    const now = { ...today(request), clearances: undefined };
    const page = await quiet.newPage();
    await page.goto(`${form}?lang=${language}`);
    await fill(page, now, 'clinician');
    await decide(page);
    const rules = await offered(page);
    assert.ok(rules.length > 0);
    const on = local(now.appointment.timeZone);
    for (const rule of rules) await clear(page, rule, on);
    await press(page, 'decide');
    const expected = await rest({ ...now, clearances: rules.map(ruleId => ({ ruleId, by, on, note })) }, language, 'clinician');
    assert.equal(expected.status, 200);
    assert.equal(said(await page.content()), said(await normal(quiet, await expected.text())));
    assert.deepEqual(await offered(page), []);

    // The plan and the form have it too; emptied there, it is taken back.
    await press(page, 'plan');
    await press(page, 'edit');
    for (const rule of rules) {
      assert.equal(await named(page, `clearances.${rule}.note`).inputValue(), note);
      for (const part of ['by', 'on.day', 'on.year', 'note']) await named(page, `clearances.${rule}.${part}`).fill('');
      await named(page, `clearances.${rule}.on.month`).selectOption('');
    }

    await decide(page);
    assert.deepEqual(await offered(page), rules);
    await page.close();
  });
}

test('by the keyboard alone: an entry opened, filled in, sent by Enter, and what is missing told beside it', async () => {
  const page = await quiet.newPage();
  await page.goto(`${form}?lang=en`);
  await fill(page, today(reviewed[0].request), 'clinician');
  await decide(page);
  const reach = async selector => {
    for (let i = 0; i < 400; i++) {
      await page.keyboard.press('Tab');
      if (await page.locator(':focus').and(page.locator(selector)).count()) return;
    }
    assert.fail(`not reached: ${selector}`);
  };
  await reach('summary');
  await page.keyboard.press('Enter');
  await reach('[name$=".by"]');
  await page.keyboard.type(by);
  await enter(page);
  const [rule] = (await page.locator('[name$=".by"]').getAttribute('name')).split('.').slice(1);
  assert.ok(await page.locator(`#c-on-${rule} .error`).isVisible());
  assert.equal(await page.locator('.error').count(), 1);
  assert.equal(await named(page, `clearances.${rule}.by`).inputValue(), by);
  await reach(`[name="clearances.${rule}.on.day"]`);
  const [year, month, day] = local(reviewed[0].request.appointment.timeZone).split('-').map(Number);
  await page.keyboard.type(String(day));
  await reach(`[name="clearances.${rule}.on.month"]`);
  for (let i = 0; i < month; i++) await page.keyboard.press('ArrowDown');
  await reach(`[name="clearances.${rule}.on.year"]`);
  await page.keyboard.type(String(year));
  await enter(page);
  assert.match(await page.locator('main').innerText(), /Cleared by Dr\. Ada Park on/);
  await page.close();
});

for (const colorScheme of ['light', 'dark']) {
  for (const width of [320, 1280]) {
    test(`axe finds nothing at ${width} px, ${colorScheme}`, async () => {
      const context = await browser.newContext({ bypassCSP: true, colorScheme, viewport: { width, height: 900 } });
      const page = await context.newPage();
      const clean = async name => {
        assert.deepEqual(await findings(page, all), [], name);
        const fits = await page.evaluate(() => globalThis.document.documentElement.scrollWidth <= globalThis.innerWidth);
        assert.ok(fits, `${name} scrolls sideways`);
      };
      await page.goto(`${form}?lang=es`);
      await fill(page, today(reviewed[0].request), 'clinician');
      await decide(page);
      await page.locator('summary').first().click();
      await page.locator('details [name$=".by"]').first().fill(by);
      await clean('the offers');
      await press(page, 'decide');
      await clean('what is wrong');
      await page.goto(`${service}/intake/nothing`);
      await clean('no such form');
      await context.close();
    });
  }
}
