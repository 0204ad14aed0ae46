// Bytes that are not quite HTTP: each is answered with an error or the connection is closed, none with a decision, and others go on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { screening } from './bodies.mjs';
import { Client, count, exchange, lives, start, stop } from './service.mjs';

const length = Buffer.byteLength(screening);
const request = ({
    line = 'POST /v1/screenings HTTP/1.1', host = 'Host: localhost', type = 'Content-Type: application/json',
    size = `Content-Length: ${length}`, more = '', body = screening,
} = {}) =>
    [line, host, type, size, more].filter(Boolean).join('\r\n') + '\r\n\r\n' + body;
const chunked = body => request({ size: 'Transfer-Encoding: chunked', body });

const probes = {
    ...Object.fromEntries([
        'GET', 'POST', 'get / HTTP/1.1', 'GET  / HTTP/1.1', 'GET / HTTP/1.1 ', 'GET / HTTP/9.9',
        'GET / HTTP/2.0', 'GET / HTTP/1.2', 'GET / HTTP/0.9', 'GET / http/1.1',
        'GET /', '/ GET HTTP/1.1', 'GET\t/\tHTTP/1.1', 'GET / HTTP/1.1\0', 'GET /\0 HTTP/1.1',
        'GET /%00 HTTP/1.1', 'GET /% HTTP/1.1', 'GET /%zz HTTP/1.1', 'GET /.. HTTP/1.1',
        'GET /../../etc/passwd HTTP/1.1', 'GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1',
        'GET //v1/protocols HTTP/1.1', 'GET /v1//protocols HTTP/1.1', 'GET \\v1\\protocols HTTP/1.1',
        'GET http://localhost/v1/none HTTP/1.1', 'GET http://other.example/v1/protocols HTTP/1.1',
        'GET * HTTP/1.1', 'OPTIONS * HTTP/1.1', 'CONNECT localhost:80 HTTP/1.1',
        'CONNECT / HTTP/1.1', 'TRACE / HTTP/1.1', 'TRACK / HTTP/1.1', 'PRI * HTTP/2.0',
        'BREW /v1/screenings HTTP/1.1', 'DELETE /v1/screenings HTTP/1.1', 'PATCH /v1/screenings HTTP/1.1',
        'G\u00c9T / HTTP/1.1', 'GET /\u00e9 HTTP/1.1', 'GET /?\u00e9 HTTP/1.1', 'M-SEARCH * HTTP/1.1',
        ' GET / HTTP/1.1', 'GET / HTTP/1.1\r\n\t: x', 'GET /' + 'a'.repeat(9000) + ' HTTP/1.1',
        'GET /?' + 'a=1&'.repeat(3000) + ' HTTP/1.1', 'A'.repeat(9000) + ' / HTTP/1.1',
        'GET /v1/decisions/' + 'A'.repeat(7000) + ' HTTP/1.1',
    ].map(line => [`line ${JSON.stringify(line.slice(0, 40))}`, `${line}\r\nHost: localhost\r\n\r\n`])),
    'no host': request({ host: '' }).replace('/v1/screenings', '/v1/none'),
    ...Object.fromEntries([
        'Host: localhost\r\nHost: localhost', 'Host: other.example', 'Host: localhost:99999',
        'Host: local host', 'Host: localhost/x', 'Host: [::1', 'Host: @localhost', 'Host : localhost', 'Host: ',
        'Host: localhost\u0000', 'Host: a,b', 'Host: 999.999.999.999',
    ].map(host => [`host ${JSON.stringify(host)}`, request({ host })])),
    ...Object.fromEntries([
        'X', 'X:', ': x', 'X y: z', 'X\u0000: y', 'X: y\u0000', 'X: \u0001', 'X: y\rz', 'X: y\nZ',
        ' X: y', 'X: a\r\n b', 'X(: y', 'X: ' + 'y'.repeat(40_000), 'X'.repeat(40_000) + ': y',
        Array.from({ length: 200 }, (_, i) => `X${i}: y`).join('\r\n'), 'Expect: 200-ok', 'Expect: 100-continue, x',
        'Content-Encoding: gzip', 'Upgrade: websocket\r\nConnection: Upgrade', 'Connection: x\u0000',
        'Transfer-Encoding: identity', 'Transfer-Encoding: gzip', 'Transfer-Encoding: chunked, gzip',
        'Transfer-Encoding: xchunked', 'Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked',
    ].map((more, i) => [`header ${i} ${JSON.stringify(more.slice(0, 30))}`, request({ more })])),
    ...Object.fromEntries([
        'Content-Length: -1', 'Content-Length: +5', 'Content-Length: 5x', 'Content-Length: 0x5',
        'Content-Length: 5, 5', 'Content-Length: 5\r\nContent-Length: 6', 'Content-Length: ',
        'Content-Length: 99999999999999999999', 'Content-Length: 9223372036854775807',
        'Content-Length: 1e3', `Content-Length: ${length - 1}`, 'Content-Length: 0', '',
        `Content-Length: ${length}\r\nTransfer-Encoding: chunked`,
    ].map(size => [`size ${JSON.stringify(size)}`, request({ size })])),
    ...Object.fromEntries([
        'x\r\n', '-1\r\n', 'FFFFFFFFFFFFFFFFF\r\n', '10000000000000000\r\n', '5;' + 'x'.repeat(20_000) + '\r\nabcde\r\n0\r\n\r\n',
        '5\nabcde\n0\n\n', '5\r\nabcdefgh\r\n0\r\n\r\n', '5\r\nabc', ' 5\r\nabcde\r\n0\r\n\r\n',
        '0x5\r\nabcde\r\n0\r\n\r\n', '0\r\n\r\n', '0\r\nX: y\r\n\r\n', '\r\n',
        '5\r\n{"a":\r\n0\r\n\r\n', '00000000000000000005\r\nabcde\r\n0\r\n\r\n',
    ].map(body => [`chunk ${JSON.stringify(body.slice(0, 30))}`, chunked(body)])),
    ...Object.fromEntries([
        '', 'text/plain', 'application/json; charset=utf-16', 'application/json;', 'application/json, text/plain',
        'application/x-ndjson', 'application/json; charset="', '*/*', 'multipart/form-data; boundary=x',
    ].map(type => [`type ${JSON.stringify(type)}`, request({ type: type && `Content-Type: ${type}` })])),
    'TLS': '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
    'HTTP/2': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00',
    'nulls': '\0'.repeat(100),
    'noise': String.fromCharCode(...Array.from({ length: 256 }, (_, i) => (i * 167) % 256)),
    'empty lines': '\r\n'.repeat(50),
};

// Valid after all.
const allowed = new Set([
    'host "Host: "', 'host "Host: localhost:99999"', 'type "application/json;"',
    'header 16 "Expect: 100-continue, x"', 'header 15 "Expect: 200-ok"',
]);
// Of a header that no rule of this service reads, the server decides what it makes.
const decides = /^header (?!.*(Encoding|Expect))/;

test(`${Object.keys(probes).length} probes`, async context => {
    const service = await start({ settings: { Shutdown__DrainSeconds: '0' } });
    const booking = new Client(service.port, screening);
    const kinds = [];
    await Promise.all(Object.entries(probes).map(async ([name, bytes]) => {
        const answer = await exchange(service.port, Buffer.from(bytes, 'latin1'), { timeout: 10_000 })
            .catch(failure => ({ how: failure.code, status: 0, text: '' }));
        kinds.push(answer.status || 'closed');
        assert.notEqual(answer.how, 'timeout', `${name}: still open`);
        assert.ok(answer.status < 500 || answer.status === 501 || answer.status === 505, `${name}: ${answer.text.slice(0, 200)}`);
        if (answer.text.includes('"bookable"') && !decides.test(name) && !allowed.has(name)) assert.fail(`${name}: decided`);
        assert.ok(!answer.text.includes('   at '), `${name}: a stack trace`);
    }));
    assert.equal(await booking.once(), 200);
    context.diagnostic(`${count(kinds)}`);
    assert.ok(lives(service));
    booking.close();
    assert.equal(await stop(service), 0);
});
