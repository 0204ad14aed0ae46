import { chromium } from 'playwright-core';

/** Debian's Chromium, which does not talk to its maker, and runs as root on a machine without a screen. */
export const launch = () => chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});

/** Where the service under test answers; tests/run-all starts it. */
export const service = process.env.SCREENING_URL;
