// What the process finds around it: no place for temporary files. It starts, decides, takes large bodies and batches, and ends.
import assert from 'node:assert/strict';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { largeHookCall, screening } from './bodies.mjs';
import { exchange, post, start, stop, watchers } from './service.mjs';

const gone = mkdtempSync(path.join(tmpdir(), 'gone-'));
rmdirSync(gone);

// Nobody, root neither, may write into /proc.
const folders = { 'that is not there': gone, 'that cannot be written': '/proc', 'that is a file': process.execPath };

for (const [name, folder] of Object.entries(folders)) {
    test(`a folder for temporary files ${name}`, async () => {
        const service = await start({ settings: { TMPDIR: folder, Shutdown__DrainSeconds: '0' } });
        for (const [route, body, type] of [
            ['/v1/screenings', screening],
            ['/cds-services/sublative-rf-appointment-book', largeHookCall()],
            ['/v1/screenings/batch', `${screening}\n`.repeat(1000), 'application/x-ndjson'],
        ]) {
            const bytes = post(route, body, 'Connection: close\r\n');
            const request = type ? Buffer.from(bytes.toString('latin1').replace('application/json', type), 'latin1') : bytes;
            assert.equal((await exchange(service.port, request)).status, 200, route);
        }
        assert.equal(watchers(service), 0, 'a machine has only so many watchers of files, and none is needed');
        assert.equal(await stop(service), 0);
    });
}
