// A reverse proxy that has the service under a path, and something else everywhere besides.
import { once } from 'node:events';
import http from 'node:http';

const routes = /(^|")\/(v1|fhir|problems|cds-services|openapi|swagger|health|schemas)\b/;

/** Every text in a JSON document; the names of members are none. */
const texts = value => typeof value === 'string' ? [value] : value && typeof value === 'object' ? Object.values(value).flatMap(texts) : [];

export class PrefixProxy {
  /** The port of the service. */
  upstream;

  /** Whether the prefix is left on; one that is cut off, and says nothing of where it was called. */
  keeps = false;

  /** What was asked for outside of the prefix. */
  outside = [];

  /** Addresses of this origin outside of the prefix that the service gave out. */
  astray = [];

  #prefix;
  #server;

  constructor(prefix) {
    this.#prefix = prefix;
  }

  async listen() {
    this.#server = http.createServer((request, response) => this.#pass(request, response)).listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.origin = `http://localhost:${this.#server.address().port}`;
    this.address = this.origin + this.#prefix;
    return this;
  }

  close() {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** Whether an address is one of the service. */
  has(url) {
    return url === this.address || ['/', '?', '#'].some(next => url.startsWith(this.address + next));
  }

  #pass(request, response) {
    const { method, url } = request;
    if (!this.has(this.origin + url)) {
      this.outside.push(`${method} ${url}`);
      response.writeHead(404).end('somebody else');
      return;
    }

    const cut = url.slice(this.#prefix.length);
    const path = this.keeps ? url : cut.startsWith('/') ? cut : `/${cut}`;
    // One proxy passes on the name that it was called by, and headers about it that the service must not follow; the other does neither.
    const headers = this.keeps
      ? { ...request.headers, 'x-forwarded-host': 'made-up.example', 'x-forwarded-proto': 'https', 'x-forwarded-prefix': '/made-up' }
      : { ...request.headers, host: `127.0.0.1:${this.upstream}` };
    const passed = http.request({ host: '127.0.0.1', port: this.upstream, method, path, headers }, answer => {
      const chunks = [];
      response.writeHead(answer.statusCode, answer.rawHeaders);
      answer.on('data', chunk => { chunks.push(chunk); response.write(chunk); });
      answer.on('end', () => {
        this.#read(`${method} ${url}`, this.origin + url, answer, Buffer.concat(chunks).toString());
        response.end();
      });
    });
    passed.on('error', failure => response.destroy(failure));
    request.pipe(passed);
  }

  /** Reads what the service answered, for addresses that lead out of the prefix. */
  #read(name, url, { headers }, text) {
    const given = ['location', 'content-location'].filter(header => headers[header]).map(header => new URL(headers[header], url).href);
    const absolute = text.match(new RegExp(`${this.origin}[^"'<>\\s]*`, 'g')) ?? [];
    const relative = /[/+]json\b/.test(headers['content-type']) ? texts(JSON.parse(text)).filter(value => routes.test(value)) : [];
    this.astray.push(...[...given, ...absolute].filter(one => !this.has(one)).concat(relative).map(one => `${name}: ${one.slice(0, 200)}`));
    if (`${Object.values(headers)} ${text}`.includes('made-up')) this.astray.push(`${name}: follows X-Forwarded-*`);
  }
}
