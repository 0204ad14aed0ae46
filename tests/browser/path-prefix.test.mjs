import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start } from '../load/service.mjs';
import { launch } from './chromium.mjs';
import { PrefixProxy } from './prefix-proxy.mjs';

// The service behind a proxy that has it under a path: whatever it gives out is opened there, and nothing leads anywhere else.
const prefix = '/some/prefix';
const proxy = new PrefixProxy(prefix);
const complaints = [];
let base;
let browser;
let document;
before(async () => {
  base = (await proxy.listen()).address;
  proxy.upstream = (await start({ settings: { Service__PublicUrl: base, OpenApi__Served: 'true', Intake__Open: 'true' } })).port;
  browser = await launch();
  document = await (await fetch(`${base}/openapi/v1.json`)).json();
});
after(async () => {
  await browser?.close();
  proxy.close();
});

const example = (path, name, type = 'application/json') => document.paths[path].post.requestBody.content[type].examples[name].value;
const json = 'application/json';
const fetchJson = async (url, headers = {}) => {
  const response = await fetch(url, { headers: { Accept: json, ...headers } });
  assert.equal(response.status, 200, url);
  return response.json();
};
const post = (path, body, type = json) => fetch(base + path, { method: 'POST', headers: { 'Content-Type': type }, body });

async function openPage() {
  const page = await browser.newPage();
  page.setDefaultTimeout(15_000);
  page.on('console', message => complaints.push(`${page.url()}: ${message.text()}`));
  page.on('pageerror', error => complaints.push(`${page.url()}: ${error.message}`));
  page.on('request', request => {
    if (!proxy.has(request.url()) && !request.url().startsWith('data:')) complaints.push(`asked for ${request.url()}`);
  });
  return page;
}

/** Where a page's links, styles, scripts and images lead, but for other origins. */
async function ownLinks(page) {
  const links = await page.locator('[href], [src]').evaluateAll(all => all.map(one => one.href?.baseVal ?? one.href ?? one.src));
  const own = links.map(link => new URL(link, page.url()).href).filter(link => new URL(link).origin === proxy.origin);
  assert.deepEqual(own.filter(link => !proxy.has(link)), [], page.url());
  return own;
}

/** Executes an example in Swagger UI: the address that it was sent to and that is shown, the status, and what came out. */
async function executeEligible(page) {
  const operation = page.locator('#operations-Screenings-CreateScreening');
  await operation.locator('.opblock-summary-control').click();
  await operation.getByRole('button', { name: 'Try it out' }).click();
  await operation.locator('.examples-select-element').first().selectOption('eligible');
  const [response] = await Promise.all([
    page.waitForResponse(sent => sent.request().method() === 'POST'),
    operation.getByRole('button', { name: 'Execute' }).click(),
  ]);
  assert.equal((await operation.locator('.request-url').innerText()).trim().split('\n').at(-1), response.url());
  return [response.url(), response.status(), (await response.json()).eligibility];
}

/** Opens what must be a page; its heading. */
async function heading(url) {
  assert.ok(proxy.has(url), url);
  const page = await openPage();
  const response = await page.goto(url);
  assert.deepEqual([response.status(), response.headers()['content-type']], [200, 'text/html; charset=utf-8'], url);
  await ownLinks(page);
  const text = await page.locator('h1').innerText();
  await page.close();
  return text.trim();
}

test('opened past the proxy, as through a forwarded port, Swagger UI executes there', async () => {
  const origin = `http://127.0.0.1:${proxy.upstream}`;
  for (const start of [`${origin}/swagger`, `${origin}${prefix}/swagger`]) {
    const page = await browser.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(start);
    assert.deepEqual(await executeEligible(page), [`${origin}${prefix}/v1/screenings`, 200, 'eligible']);
    await page.close();
  }
});

for (const keeps of [false, true]) {
  const how = keeps ? 'left on' : 'cut off';
  const behind = (name, body) => test(`the prefix ${how}: ${name}`, async () => { proxy.keeps = keeps; await body(); });

  behind('the start page leads to the form and to Swagger UI, which executes an example at the public address', async () => {
    for (const root of [base, `${base}/`, `${base}/swagger`, `${base}/swagger/`]) {
      assert.equal((await fetch(root)).url, `${base}/swagger/index.html`, root);
    }

    const page = await openPage();
    await page.goto(base);
    const links = await ownLinks(page);
    assert.ok(links.some(link => link.startsWith(`${base}/intake/sublative-rf`)), links.join(' '));
    await page.locator('a[href$="/swagger/index.html"]').click();
    await page.locator('.opblock').first().waitFor();
    assert.equal(page.url(), `${base}/swagger/index.html`);
    assert.ok((await ownLinks(page)).includes(`${base}/openapi/v1.json`));
    assert.deepEqual(await page.locator('.servers option').evaluateAll(all => all.map(one => one.value)), [prefix, base]);
    assert.deepEqual(await executeEligible(page), [`${base}/v1/screenings`, 200, 'eligible']);
    await page.close();
  });

  behind('the document names the public address, and each operation is where it says', async () => {
    const { servers, paths } = await fetchJson(`${base}/openapi/v1.json`);
    assert.deepEqual(servers.map(server => server.url), [base, prefix]);
    for (const [path, methods] of Object.entries(paths).filter(([path]) => !path.includes('{'))) {
      for (const method of Object.keys(methods)) {
        const { status } = await fetch(servers[0].url + path, { method });
        assert.ok(![404, 405].includes(status), `${method} ${path}: ${status}`);
      }
    }
  });

  behind('the type of a problem opens as a page and as JSON', async () => {
    const line = await (await post('/v1/screenings/batch', '{}\n', 'application/x-ndjson')).json();
    const refused = [
      await post('/v1/screenings', '{}'),
      await post('/v1/screenings', JSON.stringify(example('/v1/screenings', 'bad-request'))),
      await post('/v1/care-plans', 'a', 'text/plain'),
      await post('/cds-services/none', '{}'),
      await fetch(`${base}/nowhere`),
      await fetch(`${base}/v1/screenings`),
    ];
    const problems = await Promise.all(refused.map(async response => ({ ...await response.json(), url: response.url })));
    for (const { url, type, status } of [...problems, { ...line, url: `${base}/v1/screenings/batch` }]) {
      const address = new URL(type, url).href;
      const told = await fetchJson(address);
      assert.deepEqual([new URL(told.type, address).href, told.status], [address, status]);
      assert.equal(await heading(address), told.code);
    }
  });

  behind('the index of problems leads to each and back', async () => {
    for (const url of [`${base}/problems`, `${base}/problems/`]) {
      const page = await openPage();
      await page.goto(url);
      const links = await ownLinks(page);
      const { problems } = await fetchJson(url);
      assert.deepEqual(links, problems.map(({ type }) => new URL(type, url).href));
      for (const link of links) assert.equal((await fetch(link, { headers: { Accept: 'text/html' } })).status, 200, link);
      const last = page.locator('main a').last();
      await last.click();
      await page.waitForURL(links.at(-1));
      await last.click();
      await page.waitForURL(`${base}/problems`);
      await page.close();
    }
  });

  behind('discovery, and cards whose links open', async () => {
    const { services } = await fetchJson(`${base}/cds-services`);
    const { id } = services.find(one => one.hook === 'appointment-book');
    const call = example('/cds-services/{id}', 'deferred');
    const withForm = (await (await post(`/cds-services/${id}`, JSON.stringify(call))).json()).cards[0];
    const urls = withForm.links.map(link => link.url);
    const headings = [];
    for (const url of urls) headings.push(await heading(url));
    assert.deepEqual(headings, ['Intake form', 'May not be booked on this date', 'Exclusion list']);
    assert.ok(urls[1].startsWith(`${base}/v1/decisions/`));
    assert.equal(withForm.source.url, urls[2]);

    const withoutForm = structuredClone(call);
    for (const key of Object.keys(withoutForm.prefetch)) withoutForm.prefetch[key] = null;
    const missing = (await (await post(`/cds-services/${id}`, JSON.stringify(withoutForm))).json()).cards[0];
    assert.deepEqual(missing.links.map(link => link.url), [urls[0]]);

    const cut = await openPage();
    assert.equal((await cut.goto(urls[1].slice(0, -5))).status(), 404);
    await ownLinks(cut);
    await cut.close();
    // Chromium itself complains of a page that answers 404.
    assert.match(complaints.pop() ?? '', /404/);
  });

  behind('the capabilities, and what they and a search name', async () => {
    for (const format of ['json', 'xml']) assert.equal((await fetch(`${base}/fhir/metadata?_format=${format}`)).status, 200);
    const statement = await fetchJson(`${base}/fhir/metadata`);
    assert.equal(statement.implementation.url, `${base}/fhir`);
    const operations = statement.rest[0].resource.flatMap(resource => resource.operation ?? []);
    const { definition } = operations.find(operation => operation.name === 'screen');
    for (const url of [definition, `${statement.implementation.url}/OperationDefinition/populate`]) {
      assert.ok(proxy.has(url));
      assert.equal((await fetchJson(url)).url, url);
    }

    const form = await fetchJson(`${base}/fhir/Questionnaire/sublative-rf`);
    const found = await fetchJson(`${base}/fhir/Questionnaire?url=${encodeURIComponent(form.url)}`);
    const self = found.link.find(link => link.relation === 'self').url;
    assert.ok(proxy.has(self));
    assert.deepEqual(await fetchJson(self), found);
    assert.equal(found.entry[0].fullUrl, `${base}/fhir/Questionnaire/sublative-rf`);
    assert.equal((await fetchJson(found.entry[0].fullUrl)).url, form.url);
    for (const type of Object.keys(document.paths['/fhir/Questionnaire/{protocol}/$screen'].post.requestBody.content)) {
      const [name] = Object.keys(document.paths['/fhir/Questionnaire/{protocol}/$screen'].post.requestBody.content[type].examples);
      const body = example('/fhir/Questionnaire/{protocol}/$screen', name, type);
      const answer = await post('/fhir/Questionnaire/sublative-rf/$screen', typeof body === 'string' ? body : JSON.stringify(body), type);
      assert.equal(answer.status, 200, type);
      await answer.text();
    }
  });

  behind('the protocols, at the addresses that are listed', async () => {
    const { protocols } = await fetchJson(`${base}/v1/protocols`);
    for (const { id, versions } of protocols) {
      for (const { href } of versions) {
        const url = new URL(href, `${base}/v1/protocols`).href;
        assert.equal((await fetchJson(url)).id, id);
        await heading(url);
      }

      const current = await fetch(`${base}/v1/protocols/${id}`);
      assert.ok(versions.some(({ href }) => href === current.headers.get('content-location')));
    }
  });

  behind('nothing led out of the prefix', () => {
    assert.deepEqual([proxy.outside.splice(0), proxy.astray.splice(0), complaints.splice(0)], [[], [], []]);
  });
}
