import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, service } from './chromium.mjs';

// Every named example of every operation, executed by a person in Swagger UI: what comes back is what the example's name says.
const document = await (await fetch(`${service}/openapi/v1.json`)).json();
const operations = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })));
const examples = operations.flatMap(({ path, method, operation }) => Object.entries(operation.requestBody?.content ?? {}).flatMap(([type, content]) =>
  Object.keys(content.examples ?? {}).map(name => ({ path, method, type, name, several: Object.keys(content.examples).length > 1, types: Object.keys(operation.requestBody.content).length }))));

// An outcome is the beginning of a name: `deferred-with-slots` is deferred.
const outcomes = ['eligible', 'deferred', 'conditional', 'review', 'incomplete', 'ineligible', 'bad-request'];
const outcome = name => outcomes.find(word => name === word || name.startsWith(`${word}-`));
const shownBy = line => line.eligibility ?? (line.type.endsWith('/problems/unscreenable-request') ? 'bad-request' : line.type);

/** What an example's name says, told as `check` tells what came. */
const checks = {
  '/v1/screenings': {
    expected: name => [outcome(name) === 'bad-request' ? 422 : 200, outcome(name)],
    shown: (status, body) => [status, shownBy(JSON.parse(body))],
  },
  '/v1/screenings/batch': {
    expected: name => [200, ...name.match(new RegExp(outcomes.join('|'), 'g'))],
    shown: (status, body) => [status, ...body.trim().split('\n').map(line => shownBy(JSON.parse(line)))],
  },
  '/v1/care-plans': {
    expected: name => ['eligible', 'conditional'].includes(outcome(name)) ? [200, outcome(name)] : [422, outcome(name) === 'bad-request' ? 'bad-request' : '/problems/not-bookable'],
    shown: (status, body) => [status, shownBy(JSON.parse(body))],
  },
  '/cds-services/{id}': {
    expected: name => [200, outcome(name)],
    shown: (status, body) => [status, JSON.parse(body).cards[0].extension['urn:screening-api:decision'].eligibility],
  },
  '/cds-services/{id}/feedback': { expected: () => [200], shown: status => [status] },
  '/fhir/Questionnaire/{protocol}/$screen': {
    expected: name => [200, outcome(name)],
    shown: (status, body) => [status, outcomes.find(word => body.includes(`"${word}"`))],
  },
  '/fhir/Questionnaire/{protocol}/$populate': {
    expected: () => [200, 'in-progress', 'auto', 'from-record.confirmed'],
    shown: (status, body) => [status, ...['in-progress', 'auto', 'from-record.confirmed'].filter(word => body.includes(`"${word}"`))],
  },
};

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

async function open(width) {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  page.setDefaultTimeout(15_000);
  const complaints = [];
  page.on('pageerror', error => complaints.push(error.message));
  await page.goto(`${service}/swagger`);
  await page.locator('.opblock').first().waitFor();
  return { page, complaints };
}

const block = (page, { path, method }) => page.locator(`.opblock-${method}`).filter({ has: page.locator(`[data-path="${path}"]`) });

/** Opens an operation for trying it out. */
async function tryOut(page, one) {
  const operation = block(page, one);
  await operation.locator('.opblock-summary-control').click();
  await operation.getByRole('button', { name: 'Try it out' }).click();
  return operation;
}

/** Executes what is in the form; what the service sent, and the status that the page shows for it. */
async function execute(page, operation) {
  const clear = operation.getByRole('button', { name: 'Clear' });
  if (await clear.count() > 0) await clear.click();
  const [response] = await Promise.all([
    page.waitForResponse(sent => !sent.url().includes('/swagger') && !sent.url().includes('/openapi/')),
    operation.getByRole('button', { name: 'Execute' }).click(),
  ]);
  const shown = await operation.locator('.live-responses-table .response-col_status').last().innerText();
  assert.equal(Number(shown.trim().split(/\s/)[0]), response.status());
  return [response.status(), await response.text()];
}

for (const width of [1280, 390]) {
  test(`every example of every operation does what its name says, ${width} px wide`, async t => {
    const { page, complaints } = await open(width);
    for (const { path, method } of operations.filter(({ operation }) => operation.requestBody)) {
      const key = `${method} ${path}`;
      const group = examples.filter(example => example.path === path && example.method === method);
      const check = checks[path];
      assert.ok(check, `${key}: nobody says what its examples should do`);
      const operation = await tryOut(page, group[0]);
      for (const { type, types, name, several } of group) {
        await t.test(`${key} ${name} as ${type}`, async () => {
          if (types > 1) await operation.locator('.opblock-section-request-body .body-param-content-type select, .opblock-section-request-body .content-type').first().selectOption(type);
          // A lone example has no dropdown: it is already in the box.
          if (several) await operation.locator('.opblock-section-request-body .examples-select-element').selectOption(name);
          // What is streamed is a file to Swagger UI.
          const file = operation.locator('.opblock-section-request-body input[type=file]');
          if (await file.count() > 0) await file.setInputFiles({ name: 'lines.ndjson', mimeType: type, buffer: Buffer.from(document.paths[path][method].requestBody.content[type].examples[name].value) });
          assert.deepEqual(check.shown(...await execute(page, operation)), check.expected(name));
        });
      }

      await operation.locator('.opblock-summary-control').click();
    }

    assert.deepEqual(complaints, []);
    assert.ok(await page.evaluate(() => globalThis.document.documentElement.scrollWidth <= globalThis.innerWidth), 'the page is wider than its reader');
    await page.close();
  });
}

test('nothing is filled in that makes a plan of an appointment which is not bookable', async () => {
  const { page } = await open(1280);
  for (const one of operations.filter(({ path }) => path === '/v1/care-plans')) {
    const operation = await tryOut(page, one);
    for (const parameter of one.operation.parameters.filter(each => each.in !== 'path')) {
      const field = operation.locator(`tr[data-param-name="${parameter.name}"][data-param-in="${parameter.in}"]`).locator('input, select').first();
      assert.equal(await field.inputValue(), '', `${one.path} ${parameter.name}`);
    }

    await operation.locator('.opblock-summary-control').click();
  }

  await page.close();
});
