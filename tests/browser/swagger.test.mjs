import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, service } from './chromium.mjs';

const path = '/v1/screenings';
const document = await (await fetch(`${service}/openapi/v1.json`)).json();
const examples = Object.keys(document.paths[path].post.requestBody.content['application/json'].examples ?? {});

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

test('the document names examples of requests', () => assert.ok(examples.length > 0));

for (const name of examples) {
  test(`a person can try the example ${name}`, async () => {
    const page = await browser.newPage();
    const complaints = [];
    page.on('pageerror', error => complaints.push(error.message));

    await page.goto(`${service}/swagger`);
    const operation = page.locator('.opblock-post').filter({ has: page.locator(`[data-path="${path}"]`) });
    await operation.locator('.opblock-summary-control').click();
    await operation.getByRole('button', { name: 'Try it out' }).click();
    // A lone example has no dropdown: it is already in the box.
    if (examples.length > 1) await operation.locator('.opblock-section-request-body .examples-select-element').selectOption(name);
    await operation.getByRole('button', { name: 'Execute' }).click();

    const status = await operation.locator('.live-responses-table .response-col_status').last().innerText();
    const expected = name.startsWith('bad-request') ? ['400', '422'] : ['200'];
    assert.ok(expected.includes(status.trim().split(/\s/)[0]), `shown: ${status}`);
    assert.deepEqual(complaints, []);
    await page.close();
  });
}
