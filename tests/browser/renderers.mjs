// Renderers of Questionnaires that EHRs and clinics use, each before a person who clicks and types: one way to fill in a form, two programs.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { get } from './fhir-resources.mjs';

const types = { js: 'text/javascript', css: 'text/css' };

/** A page that is served from a folder and reaches nothing else. */
async function open(browser, folder, body) {
  const page = await browser.newPage();
  const complaints = [];
  page.on('pageerror', error => complaints.push(error.message));
  await page.route('**/*', async route => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') {
      return route.fulfill({ contentType: 'text/html', body: `<!doctype html><html lang="en"><meta charset="utf-8"><title>Form</title><body>${body}</body></html>` });
    }
    try {
      return await route.fulfill({ contentType: types[pathname.split('.').at(-1)], body: await readFile(join(folder, pathname)) });
    } catch {
      return route.fulfill({ status: 404 });
    }
  });
  await page.goto('http://form.example/');
  return { page, complaints };
}

/** LHC-Forms, of the National Library of Medicine: https://lhncbc.github.io/lforms/ */
async function lhcForms(browser, questionnaire, response) {
  const { page, complaints } = await open(browser, process.env.LFORMS, `<link rel="stylesheet" href="/webcomponent/styles.css"><div id="form"></div>
    <script src="/webcomponent/assets/lib/zone.min.js"></script><script src="/webcomponent/lhc-forms.js"></script><script src="/fhir/R4/lformsFHIR.min.js"></script>`);
  await page.waitForFunction(() => globalThis.LForms?.FHIR && globalThis.LForms.Util.addFormToPage);
  await page.evaluate(([form, response]) => {
    const { Util } = globalThis.LForms;
    const begun = response ? Util.mergeFHIRDataIntoLForms(response, Util.convertFHIRQuestionnaireToLForms(form, 'R4'), 'R4') : form;
    return Util.addFormToPage(begun, 'form', { prepopulate: false });
  }, [questionnaire, response]);
  await page.waitForSelector('lhc-item');

  const id = ({ linkId }, group) => `${linkId}${group === undefined ? '' : `/${group + 1}`}/1`;
  const option = (item, { code, system }, group) => page.locator(`[id="${id(item, group)}|${system}|${code}"]`);
  const enter = async (input, text) => {
    await input.fill('');
    await input.pressSequentially(text);
    await input.press('Enter');
    await input.press('Tab');
  };
  return {
    page,
    complaints,
    choose: (item, coding, group) => option(item, coding, group).click(),
    unchoose: (item, coding) => option(item, coding).click(),
    tick: (item, group) => page.locator(`[id="${id(item, group)}|true"]`).click(),
    type: (item, text, group) => enter(page.locator(`input[id="${id(item, group)}"]`), text),
    date: (item, text) => enter(page.locator(`[id="${id(item)}"] input`), text.replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$2/$3/$1')),
    addGroup: ({ linkId }) => page.locator(`[id^="add-${linkId}/"]`).last().click(),
    isShown: async item => await page.locator(`[id="item-${id(item)}"]`).count() > 0,
    isChosen: (item, coding, group) => option(item, coding, group).locator('input').isChecked(),
    typed: (item, group) => page.locator(`input[id="${id(item, group)}"]`).inputValue(),
    refusal: item => page.locator(`[id="item-${id(item)}"] .lhc-error-msg`),
    response: () => page.evaluate(() => globalThis.LForms.Util.getFormFHIRData('QuestionnaireResponse', 'R4')),
  };
}

/** Smart Forms, of the Australian e-Health Research Centre: https://smartforms.csiro.au/docs */
async function smartForms(browser, questionnaire, response) {
  const { page, complaints } = await open(browser, process.env.SMART_FORMS, '<div id="form"></div><script src="/page.js"></script>');
  await page.evaluate(
    ([form, response]) => globalThis.SmartForms.show(form, document.getElementById('form'), response), [questionnaire, response]);
  await page.waitForSelector('[data-linkid]');

  const box = ({ linkId }, group = 0) => page.locator(`[data-linkid="${linkId}"][data-test$="-box"]`).nth(group);

  /** What is clicked or typed is in the response a moment later; what is done before that undoes it. */
  const taken = ({ linkId }, answer, group) => page.waitForFunction(([linkId, answer, group]) => {
    const { item: items = [] } = globalThis.SmartForms.response();
    const within = group === undefined ? items : items.filter(one => one.linkId === linkId.split('.')[0])[group]?.item ?? [];
    const answers = within.find(one => one.linkId === linkId)?.answer ?? [];
    return answers.some(one => Object.values(one).some(value => value === answer || value.code === answer));
  }, [linkId, answer, group]);
  const option = (item, answer, group) => box(item, group).locator(`input[value="${answer}"]`);
  const pick = async (item, answer, group) => {
    await option(item, answer, group).click();
    await taken(item, answer, group);
    await option(item, answer, group).and(page.locator(':checked')).waitFor({ state: 'attached' });
  };
  const unpick = async (item, answer) => {
    const said = ({ linkId }) => JSON.stringify(globalThis.SmartForms.response().item.find(one => one.linkId === linkId));
    const before = await page.evaluate(said, item);
    await option(item, answer).click();
    await page.waitForFunction(`(${said})(${JSON.stringify({ linkId: item.linkId })}) !== ${JSON.stringify(before)}`);
  };
  const enter = async (item, input, text, answer, group) => {
    await input.fill('');
    await input.pressSequentially(text);
    await taken(item, answer, group);
  };
  return {
    page,
    complaints,
    choose: (item, { code }, group) => pick(item, code, group),
    unchoose: (item, { code }) => unpick(item, code),
    tick: (item, group) => option(item, true, group).click().then(() => taken(item, true, group)),
    type: (item, text, group) => enter(item, box(item, group).locator('textarea:not([aria-hidden])'), text, text, group),
    date: (item, text) => enter(item, box(item).locator('input'), text.split('-').reverse().join('/'), text),
    addGroup: () => page.locator('[data-test="button-add-repeat-item"]').click(),
    isShown: async item => await box(item).count() > 0,
    isChosen: (item, { code }, group) => option(item, code, group).isChecked(),
    typed: (item, group) => box(item, group).locator('textarea:not([aria-hidden])').inputValue(),
    refusal: item => box(item).locator('.MuiFormHelperText-root').filter({ hasText: /./ }),
    // An app completes a form when it keeps it: https://smartforms.csiro.au/docs/dev
    response: async () => ({ ...await page.evaluate(() => globalThis.SmartForms.response()), status: 'completed' }),
  };
}

const renderers = { 'LHC-Forms': lhcForms, 'Smart Forms': smartForms };

export const names = Object.keys(renderers);

/** A person before the Questionnaire in a renderer, empty or with a response that was begun. */
export async function openForm(browser, name, language = 'en', response = undefined) {
  const questionnaire = await get('Questionnaire/sublative-rf', language);
  return { questionnaire, ...await renderers[name](browser, questionnaire, response) };
}

/** Says by clicks and keys what a screening request says, reading from the Questionnaire alone how each is said. */
export async function fillByHand(form, answers) {
  const item = linkId => form.questionnaire.item.find(one => one.linkId === linkId);
  const coding = (asked, code) => asked.answerOption.map(option => option.valueCoding).find(one => one.code === code);
  const dated = (items, date, said, group) =>
    said === 'unknown' ? form.tick(items.find(one => one.linkId === `${date.linkId}.unknown`), group)
      : date.type === 'date' ? form.date(date, said) : form.type(date, said, group);

  for (const asked of form.questionnaire.item) {
    const said = answers[asked.linkId];
    if (said === undefined) continue;
    if (asked.type === 'group') {
      const any = item(`${asked.linkId}.any`);
      const events = said === 'unknown' ? [] : said;
      await form.choose(any, coding(any, said === 'unknown' ? 'unknown' : events.length ? 'yes' : 'no'));
      const [kind, date] = asked.item;
      for (const [group, event] of events.entries()) {
        if (group > 0) await form.addGroup(asked);
        await form.choose(kind, coding(kind, event[kind.linkId.split('.')[1]]), group);
        await dated(asked.item, date, event[date.linkId.split('.')[1]], group);
      }
    } else if (asked.answerOption) {
      for (const code of asked.repeats ? said.length ? said : ['none'] : [said]) await form.choose(asked, coding(asked, code));
    } else {
      await dated(form.questionnaire.item, asked, said);
    }
  }
}
