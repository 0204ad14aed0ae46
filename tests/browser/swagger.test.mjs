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
  '/intake/{protocol}': {
    expected: () => [200, true],
    shown: (status, body) => [status, body.includes('<header class="yes">')],
  },
  '/v1/decisions/verify': {
    expected: () => [200, true, 'identical'],
    shown: (status, body) => [status, JSON.parse(body).genuine, JSON.parse(body).replay.result],
  },
  '/v1/decisions/move': {
    expected: name => [200, name, true, true],
    shown: (status, body) => [status, shownBy(JSON.parse(body)), JSON.parse(body).changed.includes('/appointment/date'), JSON.parse(body).receipt.endsWith('~')],
  },
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

/** Opens Swagger UI in a page of its own; on less than a desk's width as a telephone does. */
async function open(width) {
  const page = await browser.newPage({ viewport: { width, height: 900 }, isMobile: width < 1280, hasTouch: width < 1280 });
  // Swagger UI reads the whole document again for each operation that is opened: half a second of work, and far more on a busy machine.
  page.setDefaultTimeout(60_000);
  const complaints = [];
  page.on('crash', () => complaints.push('the page crashed'));
  page.on('pageerror', error => complaints.push(error.message));
  page.on('console', message => message.text().includes('Content Security Policy') && complaints.push(message.text()));
  await page.goto(`${service}/swagger`);
  await page.locator('.opblock').first().waitFor();
  return { page, complaints };
}

const pages = new Map();

/** Acts on the page of a width, which is opened once: that takes seconds. After a failure the next one opens another. */
async function onPage(width, act) {
  if (!pages.has(width)) pages.set(width, await open(width));
  const { page, complaints } = pages.get(width);
  let isWell = false;
  try {
    await act(page);
    assert.deepEqual(complaints, []);
    isWell = true;
  } finally {
    if (!isWell) {
      pages.delete(width);
      await page.close();
    }
  }
}

const block = (page, { path, method }) => page.locator(`.opblock-${method}`).filter({ has: page.locator(`[data-path="${path}"]`) });

/** Opens an operation for trying it out. */
async function tryOut(page, one) {
  const operation = block(page, one);
  await operation.locator('.opblock-summary-control').click();
  await operation.getByRole('button', { name: 'Try it out' }).click();
  return operation;
}

const close = operation => operation.locator('.opblock-summary-control').click();

/** The page's own width, at each of these: a telephone widens its window to whatever sticks out. */
async function isWithin(page, widths, what) {
  for (const width of widths) {
    if (widths.length > 1) await page.setViewportSize({ width, height: 900 });
    assert.ok(
      await page.evaluate(() => Math.max(globalThis.document.documentElement.scrollWidth, globalThis.innerWidth)) <= width,
      `${what}: wider than its reader of ${width} px`);
  }
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
  const told = await operation.locator('.live-responses-table .response-col_description').last().innerText();
  assert.ok(!told.includes("can't parse JSON"), told.slice(0, 200));
  return [response.status(), await response.text()];
}

// A telephone is looked at as wide as most are, and as the narrowest.
for (const widths of [[1280], [320, 390]]) {
  for (const { path, method } of operations.filter(({ operation }) => operation.requestBody)) {
    const key = `${method} ${path}`;
    test(`${key}: every example does what its name says, ${widths.join(' and ')} px wide`, t => onPage(widths.at(-1), async page => {
      const group = examples.filter(example => example.path === path && example.method === method);
      const check = checks[path];
      assert.ok(check, `${key}: nobody says what its examples should do`);
      const operation = await tryOut(page, group[0]);
      let passed = 0;
      for (const { type, types, name, several } of group) {
        await t.test(`${name} as ${type}`, async () => {
          if (types > 1) await operation.locator('.opblock-section-request-body .body-param-content-type select, .opblock-section-request-body .content-type').first().selectOption(type);
          // A lone example has no dropdown: it is already in the box.
          if (several) await operation.locator('.opblock-section-request-body .examples-select-element').selectOption(name);
          // Text stands in the box as it is, to be changed by a person.
          const { value } = document.paths[path][method].requestBody.content[type].examples[name];
          const box = await operation.locator('.opblock-section-request-body textarea').inputValue();
          assert.equal(
            typeof value === 'string' ? box : JSON.stringify(JSON.parse(box)), typeof value === 'string' ? value : JSON.stringify(value));
          assert.deepEqual(check.shown(...await execute(page, operation)), check.expected(name));
          await isWithin(page, widths, `${key} ${name}`);
          passed++;
        });
      }

      assert.equal(passed, group.length);
      await close(operation);
    }));
  }

  const wide = `${widths.join(' and ')} px wide`;
  test(`every operation without a body can be opened and tried, ${wide}`, () => onPage(widths.at(-1), async page => {
    for (const one of operations.filter(({ operation }) => !operation.requestBody)) {
      const operation = await tryOut(page, one);
      if (!one.operation.parameters?.some(parameter => parameter.required)) await execute(page, operation);
      await isWithin(page, widths, `${one.method} ${one.path}`);
      await close(operation);
    }
  }));
}

test('a page is a link that opens it, on which nothing runs, instead of its source', async () => {
  const { page, complaints } = await open(1280);
  const operation = await tryOut(page, { path: '/v1/care-plans', method: 'post' });
  await operation.locator('.opblock-section-request-body .examples-select-element').selectOption('conditional');
  await operation.locator('tr.response[data-code="200"] select.content-type').selectOption('text/html');
  await execute(page, operation);
  assert.equal(await operation.locator('.live-responses-table .response-col_description').getByText('<!doctype').count(), 0);
  const [opened] = await Promise.all([
    page.context().waitForEvent('page'), operation.locator('.live-responses-table a.page-link').click(),
  ]);
  assert.equal(await opened.locator('h1').innerText(), 'Care plan');
  assert.equal(await opened.locator('.warning').evaluate(e => globalThis.getComputedStyle(e).borderTopWidth), '3px');
  const [title, opener] = await opened.evaluate(() => {
    globalThis.document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="document.title=1">');
    const script = globalThis.document.createElement('script');
    script.textContent = 'document.title = 2';
    globalThis.document.body.append(script);
    return [globalThis.document.title, globalThis.opener];
  });
  assert.ok(title.length > 1);
  assert.equal(opener, null);
  assert.deepEqual(complaints, []);
  await page.close();
});

test('lines are shown as text in the example of their answer', async () => {
  const { page } = await open(1280);
  const operation = block(page, { path: '/v1/screenings/batch', method: 'post' });
  await operation.locator('.opblock-summary-control').click();
  const lines = (await operation.locator('.responses-table tr.response').first().locator('pre.example').innerText()).trim().split('\n');
  assert.deepEqual(lines.map(line => shownBy(JSON.parse(line))), ['eligible', 'deferred', 'bad-request']);
  await page.close();
});

test('on a telephone the list of servers stands below its name', async () => {
  const { page } = await open(375);
  const name = await page.locator('.servers-title').boundingBox();
  const list = await page.locator('.servers select').boundingBox();
  assert.ok(list.y >= name.y + name.height, `${list.y} is above ${name.y + name.height}`);
  await page.close();
});

test('the document is linked at its own address', () => onPage(1280, async page => {
  assert.equal((await page.locator('.info a.link').first().innerText()).trim(), '/openapi/v1.json');
}));

test('nothing is filled in that makes a plan of an appointment which is not bookable', async () => {
  const { page } = await open(1280);
  for (const one of operations.filter(({ path }) => path === '/v1/care-plans')) {
    const operation = await tryOut(page, one);
    for (const parameter of one.operation.parameters.filter(each => each.in !== 'path')) {
      const field = operation.locator(`tr[data-param-name="${parameter.name}"][data-param-in="${parameter.in}"]`).locator('input, select').first();
      assert.equal(await field.inputValue(), '', `${one.path} ${parameter.name}`);
    }

    await close(operation);
  }

  await page.close();
});
