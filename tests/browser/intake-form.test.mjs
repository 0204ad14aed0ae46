import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import axe from 'axe-core';
import { launch, service } from './chromium.mjs';
import { cases, decide, enter, fill, form, named, normal, press, questions, rest, said, today } from './intake-form.mjs';

// The form as a person fills it in, in a browser that runs no scripts: the same decision as the request that says the same.
let browser, quiet;
before(async () => {
  browser = await launch();
  quiet = await browser.newContext({ javaScriptEnabled: false });
});
after(async () => { await browser.close(); });

for (const [index, { name, request }] of cases.entries()) {
  const [language, audience] = index % 3 === 0 ? ['es', 'patient'] : ['en', 'clinician'];
  test(`${name}: filled in without scripts, ${language}, as by the request`, async () => {
    const now = { ...today(request), clearances: undefined };
    const page = await quiet.newPage();
    await page.goto(`${form}?lang=${language}`);
    await fill(page, now, audience);
    await decide(page);
    if (await page.locator('button[value="decide-anyway"]').count()) await press(page, 'decide-anyway');
    const expected = await rest(now, language, audience);
    if (expected.status === 200) {
      const html = await expected.text();
      const missing = audience === 'patient' && html.includes('class="missing"');
      if (missing) assert.ok(await page.locator('.told .error').count() > 0);
      else assert.equal(said(await page.content()), said(await normal(quiet, html)));
    } else {
      assert.equal(expected.status, 422);
      for (const { pointer } of (await expected.json()).errors) {
        const block = pointer.startsWith('/answers/') ? `q-${pointer.split('/')[2]}` : 'when';
        assert.ok(await page.locator(`#${block} .error, #${block}.error`).first().isVisible(), pointer);
      }

      assert.equal(await page.locator('.followup').count(), 0);
    }

    await page.close();
  });
}

test('by the keyboard alone: filled in, decided, an answer changed, another date taken', async () => {
  const page = await quiet.newPage();
  await page.goto(`${form}?lang=en`);
  const focused = () => page.locator(':focus');
  const reach = async selector => {
    for (let i = 0; i < 400; i++) {
      await page.keyboard.press('Tab');
      if (await focused().and(page.locator(selector)).count()) return;
    }
    assert.fail(`not reached: ${selector}`);
  };
  const choose = async (name, value) => {
    await reach(`[name="${name}"]`);
    const values = await page.locator(`[name="${name}"]`).evaluateAll(all => all.map(one => one.value));
    await page.keyboard.press('Space');
    for (let i = 0; i < values.indexOf(value); i++) await page.keyboard.press('ArrowDown');
    assert.equal(await page.locator(`[name="${name}"]:checked`).getAttribute('value'), value);
  };
  await choose('audience', 'clinician');
  await reach('[name="appointment.timeZone"]');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('America/New_York');
  for (const { id, type, options } of questions.filter(one => !one.optional && !one.askedWhen)) {
    if (type === 'choice') await choose(`answers.${id}`, options.find(option => option.harmless).code);
    else {
      await reach(`[name="answers.${id}.none"]`);
      await page.keyboard.press('Space');
    }
  }

  await reach('button.main');
  await enter(page);
  await page.locator('header.yes').waitFor();
  await reach('button[value="edit"]');
  await enter(page);
  assert.equal(await page.locator('[name="answers.pregnancy"]:checked').getAttribute('value'), 'no');
  await reach('[name="answers.pregnancy"]');
  await page.keyboard.press('ArrowUp');

  // Enter in a text field sends the form as its main button does.
  await page.keyboard.press('Shift+Tab');
  await enter(page);
  await page.locator('header.no').waitFor();
  await page.close();
});

test('one more row, another language and what is wrong: nothing that was typed is lost', async () => {
  const page = await quiet.newPage();
  await page.goto(`${form}?lang=en`);
  await named(page, 'answers.injections.4.date.year').fill('20');
  await page.locator('[name="answers.pregnancy"][value="unknown"]').check();
  await press(page, 'more.injections');
  assert.equal(await page.locator('fieldset.row').count(), 5);
  await press(page, 'lang.es');
  assert.equal(await page.locator('html').getAttribute('lang'), 'es');
  await decide(page);
  assert.equal(await page.locator('#who .error').count(), 1);
  assert.equal(await page.locator('#q-injections-4 .error').count(), 1);
  assert.equal(await named(page, 'answers.injections.4.date.year').inputValue(), '20');
  assert.ok(await page.locator('[name="answers.pregnancy"][value="unknown"]').isChecked());
  assert.equal(page.url().split('#')[0], form);
  await page.close();
});

test('a form of another site is refused', async () => {
  const page = await quiet.newPage();
  await page.route('https://evil.example/', route => route.fulfill({
    contentType: 'text/html',
    body: `<form method="post" action="${form}"><input name="audience" value="clinician"><button>Send</button></form>`,
  }));
  await page.goto('https://evil.example/');
  const [answer] = await Promise.all([page.waitForResponse(response => response.url() === form), page.locator('button').click()]);
  assert.equal(answer.status(), 403);
  assert.match(answer.headers()['content-type'], /^text\/html/);
  await page.close();
});

// axe runs scripts, so it looks at each page in a second context, past the page's policy.
for (const colorScheme of ['light', 'dark']) {
  for (const width of [320, 1280]) {
    test(`axe finds nothing at ${width} px, ${colorScheme}`, async () => {
      const context = await browser.newContext({ bypassCSP: true, colorScheme, viewport: { width, height: 900 } });
      const page = await context.newPage();
      const clean = async name => {
        await page.evaluate(axe.source);
        const { violations, passes } = await page.evaluate(() => globalThis.axe.run());
        assert.ok(passes.length > 10, 'axe ran');
        assert.deepEqual(violations.map(v => `${name}: ${v.id}: ${v.nodes.map(n => n.html).join(' ')}`), []);
        const fits = await page.evaluate(() => globalThis.document.documentElement.scrollWidth <= globalThis.innerWidth);
        assert.ok(fits, `${name} scrolls sideways`);
      };
      await page.goto(`${service}/`);
      await clean('start');
      await page.goto(form);
      await clean('form');
      await decide(page);
      await clean('errors');
      const request = today(cases.find(one => one.request.answers.injections?.length > 1).request);
      await page.goto(`${form}?lang=es`);
      await fill(page, request, 'patient');
      await decide(page);
      await clean('decision');
      await press(page, 'dates');
      await named(page, 'slots.1.date').and(page.locator('[type=date]')).fill('2099-06-01');
      await named(page, 'slots.1.time').and(page.locator('[type=time]')).fill('09:30');
      await named(page, 'slots.2.date').and(page.locator('[type=date]')).fill('2099-06-01');
      await press(page, 'dates');
      await clean('dates');
      await page.goto(`${form}?lang=en`);
      await fill(page, today(cases.find(one => one.name === 'nothing to report is eligible').request), 'clinician');
      await decide(page);
      await press(page, 'plan');
      await clean('care plan');
      await page.emulateMedia({ media: 'print' });
      assert.ok(!await page.locator('.followup').isVisible() && !await page.locator('.fresh').isVisible(), 'nothing to press on paper');
      await context.close();
    });
  }
}

test('on paper the form asks every question, and each sheet has room for whose it is', async () => {
  const page = await quiet.newPage();
  await page.goto(`${form}?lang=en`);
  const sheets = execFileSync('pdftotext', ['-layout', '-', '-'], { input: await page.pdf({ format: 'A4' }) }).toString().split('\f').slice(0, -1);
  assert.ok(sheets.length > 1);
  for (const [index, sheet] of sheets.entries()) {
    for (const words of ['Name:', 'Date of birth:', 'Date:']) assert.ok(sheet.includes(words), `${words} on sheet ${index + 1}`);
    assert.ok(sheet.replaceAll(' ', '').includes(`${index + 1}/${sheets.length}`), `the number of sheet ${index + 1}`);
  }

  for (const index of questions.keys()) assert.match(sheets.join('\n'), new RegExp(`^ *${index + 1}\\. `, 'm'));
  await page.close();
});
