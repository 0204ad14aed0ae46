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

// All of this machine's root but /tmp, with the service at /srv, where nothing else is: in a mount namespace that ends with the process.
const withoutTmp = `exec unshare --mount sh -euc '
    root=/mnt published=$PWD
    mount -t tmpfs root "$root"
    for name in /*; do
        case $name in /tmp | /mnt | /srv) continue ;; esac
        if [ -L "$name" ]; then cp -P "$name" "$root$name"; continue; fi
        if [ -d "$name" ]; then mkdir "$root$name"; else : >"$root$name"; fi
        mount --rbind "$name" "$root$name"
    done
    mkdir "$root/srv"
    mount --bind "$published" "$root/srv"
    if [ -e "$root/tmp" ]; then exit 1; fi
    exec chroot "$root" sh -c "cd /srv && exec \\"\\$@\\"" sh "$@"
' sh "$@"`;

// Nobody, root neither, may write into /proc.
const starts = {
    'a folder for temporary files that is not there': { settings: { TMPDIR: gone } },
    'a folder for temporary files that cannot be written': { settings: { TMPDIR: '/proc' } },
    'a folder for temporary files that is a file': { settings: { TMPDIR: process.execPath } },
    'no /tmp': { shell: withoutTmp },
};

for (const [name, { settings, shell }] of Object.entries(starts)) {
    test(name, async () => {
        const service = await start({ shell, settings: { ...settings, Shutdown__DrainSeconds: '0' } });
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
