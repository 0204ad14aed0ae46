import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { service } from './chromium.mjs';

// The form as a person fills it in, and the request that says the same.
export const form = `${service}/intake/sublative-rf`;
export const { cases } = JSON.parse(await readFile(new URL('../Screening.Api.Tests/Cases/sublative-rf.json', import.meta.url)));
export const { questions } = JSON.parse(await readFile(new URL('../../src/Screening.Rules/Protocols/sublative-rf/1.0.0.json', import.meta.url)));
const day = 86_400_000;

/** The dates of a case, as many days later as it is old: the service's clock is the machine's. Parts of dates move by whole months. */
export function today(request) {
  const { timeZone } = request.appointment;
  const local = instant => new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(instant);
  const days = Math.round((Date.parse(local(Date.now())) - Date.parse(local(Date.parse(request.asOf)))) / day);
  const whole = date => new Date(Date.parse(date) + days * day).toISOString().slice(0, 10);
  const later = date => whole(`${date}${'-07-15'.slice(date.length - 4)}`).slice(0, date.length);
  const moved = value => typeof value === 'string' && /^\d{4}(-\d\d){0,2}$/.test(value) ? later(value)
    : Array.isArray(value) ? value.map(moved)
      : value && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, moved(one)]))
        : value;
  const appointment = { ...request.appointment };
  delete appointment.end;
  if (appointment.start) {
    const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
    const stated = /([+-]\d\d:\d\d|Z)$/.test(appointment.start)
      ? clock.format(Date.parse(appointment.start)).replace(' ', 'T')
      : appointment.start.slice(0, 16);
    appointment.start = `${whole(stated.slice(0, 10))}T${stated.slice(11)}`;
  }

  return {
    protocol: request.protocol, appointment, answers: moved(request.answers), clearances: request.clearances && moved(request.clearances),
  };
}

/** What a decision's page says, without what is its own. */
export const said = html => html.slice(html.indexOf('<main>'))
  .replace(/<section class="followup">.*?<\/section>/s, '')
  .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d\d:\d\d (clinic time|hora de la clínica)( \([\d-]+T[\d:.]+Z\))?/g, '').trimEnd();

/** A page as the browser writes it. */
export async function normal(context, html) {
  const page = await context.newPage();
  await page.setContent(html);
  const content = await page.content();
  await page.close();
  return content;
}

export const named = (page, name) => page.locator(`[name="${name}"]`);

export async function date(page, name, value) {
  if (value === 'unknown') return named(page, `${name}.unknown`).check();
  const [year, month, of] = value.split('-');
  await named(page, `${name}.year`).fill(year);
  if (month) await named(page, `${name}.month`).selectOption(String(Number(month)));
  if (of) await named(page, `${name}.day`).fill(String(Number(of)));
}

export async function fill(page, request, audience) {
  await page.locator(`[name="audience"][value="${audience}"]`).check();
  const { timeZone, start, areas } = request.appointment;
  await named(page, 'appointment.timeZone').fill(timeZone);
  if (start) {
    await named(page, 'appointment.date').fill(start.slice(0, 10));
    await named(page, 'appointment.time').fill(start.slice(11, 16));
  }

  for (const area of areas ?? []) await page.locator(`[name="appointment.areas"][value="${area}"]`).check();
  for (const { id, type } of questions) {
    const answer = request.answers[id];
    const name = `answers.${id}`;
    if (answer === undefined) continue;
    if (type === 'choice') await page.locator(`[name="${name}"][value="${answer}"]`).check();
    else if (type !== 'codes' && type !== 'events') await showing(page, id, () => date(page, name, answer));
    else if (answer === 'unknown') await named(page, `${name}.unknown`).check();
    else if (answer.length === 0) await named(page, `${name}.none`).check();
    else if (type === 'codes') for (const code of answer) await page.locator(`[name="${name}"][value="${code}"]`).check();
    else {
      for (const [index, one] of answer.entries()) {
        await named(page, `${name}.${index + 1}.product`).selectOption(one.product);
        await date(page, `${name}.${index + 1}.date`, one.date);
      }
    }
  }
}

/** Fills in a question that may be hidden by the answers so far; a contradiction is typed before the answer that it contradicts. */
async function showing(page, id, act) {
  const hidden = !await page.locator(`#q-${id}`).isVisible();
  if (!hidden) return act();
  const asking = questions.find(one => one.id === id).askedWhen;
  const chosen = await page.locator(`[name="answers.${asking.question}"]:checked`).getAttribute('value');
  await page.locator(`[name="answers.${asking.question}"][value="${asking.anyOf[0]}"]`).check();
  await act();
  await page.locator(`[name="answers.${asking.question}"][value="${chosen}"]`).check();
  assert.ok(await page.locator(`#q-${id}`).isVisible(), 'what is typed is never hidden');
}

/** Sends the form and waits for the page that answers: a click alone does not. The address never changes: nothing of a person is in it. */
export async function sent(page, act) {
  const answered = page.waitForEvent('load');
  await act();
  await answered;
  assert.equal(page.url().split('#')[0], form);
}

export const press = (page, value) => sent(page, () => page.locator(`main button:not(.default)[value="${value}"]`).first().click());
export const decide = page => sent(page, () => page.locator('button.main').click());
export const enter = page => sent(page, () => page.keyboard.press('Enter'));

export const rest = (request, language, audience) => fetch(`${service}/v1/screenings?audience=${audience}`, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', Accept: 'text/html', 'Accept-Language': language },
  body: JSON.stringify(request),
});
