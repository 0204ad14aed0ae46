import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { start } from '../load/service.mjs';
import { launch } from './chromium.mjs';

// A service that asks for a key: a person enters it in Swagger UI, and the examples work.
const hash = (text, encoding) => createHash('sha256').update(text).digest(encoding);
const body = `scr_${randomBytes(32).toString('base64url')}`;
const key = `${body}_${hash(body, 'base64url').slice(0, 6)}`;
const folder = mkdtempSync(join(tmpdir(), 'clients-'));
const clients = join(folder, 'clients.json');
writeFileSync(clients, JSON.stringify({ clients: [{ id: 'browser', keys: [{ sha256: hash(key, 'hex') }] }] }));

let browser, service;
before(async () => {
  service = await start({ settings: { Access__Open: 'false', Access__Clients: clients, OpenApi__Served: 'true' } });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

for (const scheme of ['apiKey', 'bearer']) {
  test(`Authorize works with a key as ${scheme}`, async () => {
    const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    page.setDefaultTimeout(15_000);
    await page.goto(`http://127.0.0.1:${service.port}/swagger`);
    const operation = page.locator('.opblock-get').filter({ has: page.locator('[data-path="/v1/protocols"]') });
    await operation.locator('.opblock-summary-control').click();
    await operation.getByRole('button', { name: 'Try it out' }).click();
    const execute = async () => {
      const [response] = await Promise.all([
        page.waitForResponse(sent => sent.url().endsWith('/v1/protocols')),
        operation.getByRole('button', { name: 'Execute' }).click(),
      ]);
      return response.status();
    };
    assert.equal(await execute(), 401);

    await page.locator('.scheme-container').getByRole('button', { name: 'Authorize' }).click();
    const form = page.locator('.auth-container').filter({ hasText: new RegExp(`^\\s*${scheme}`) });
    await form.locator('input').fill(key);
    await form.getByRole('button', { name: 'Apply credentials' }).or(form.getByRole('button', { name: 'Authorize' })).first().click();
    await page.locator('.modal-ux').getByRole('button', { name: 'Close' }).last().click();
    assert.equal(await execute(), 200);
    await page.close();
  });
}
