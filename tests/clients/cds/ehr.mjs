// An EHR in small: a FHIR R4 server that holds what it is given, and a CDS Hooks client that fetches from it what a service asks for.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Client } from 'fhir-kit-client';

const bundle = resources => ({ resourceType: 'Bundle', type: 'searchset', total: resources.length, entry: resources.map(resource => ({ resource })) });

export class Ehr {
  #resources;
  #server;
  /** The URLs that were asked for, with who asked. */
  asked = [];

  constructor(resources) {
    this.#resources = resources;
  }

  async start() {
    this.#server = createServer((request, response) => {
      this.asked.push({ url: request.url, by: request.headers['x-asked-by'] });
      const { pathname, searchParams } = new URL(request.url, 'http://ehr');
      const [type, id] = pathname.slice(1).split('/').slice(1);
      const found = this.#resources.filter(resource => resource.resourceType === type);
      const answer = id ? found.find(resource => resource.id === id) : bundle(found.filter(resource =>
        (resource.subject ?? resource.patient)?.reference === `Patient/${searchParams.get('patient')}`
        && (!searchParams.has('questionnaire') || resource.questionnaire === searchParams.get('questionnaire'))
        && (!searchParams.has('status') || searchParams.get('status').split(',').includes(resource.status))));
      response.writeHead(answer ? 200 : 404, { 'content-type': 'application/fhir+json' }).end(JSON.stringify(answer ?? { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'not-found' }] }));
    }).listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.url = `http://127.0.0.1:${this.#server.address().port}/fhir`;
    this.fhir = new Client({ baseUrl: this.url, customHeaders: { 'x-asked-by': 'ehr' } });
    return this;
  }

  stop() {
    this.#server.close();
  }

  /** Fills in a service's prefetch templates and runs them, as https://cds-hooks.hl7.org/2.0.1/#prefetch-template says. */
  async prefetch(templates, context) {
    const fetched = {};
    for (const [key, template] of Object.entries(templates)) {
      const query = template.replaceAll(/\{\{\s*context\.(\w+)\s*\}\}/g, (_, field) => context[field]);
      assert.doesNotMatch(query, /[{}]/, key);
      fetched[key] = await this.fhir.request(query).catch(failed => failed.response?.data ?? null);
    }
    return fetched;
  }
}
