import { chromium } from 'playwright-core';

/**
 * Debian's Chromium without a window of its own, which takes half the work; it does not talk to its maker, and runs as root on a machine
 * without a screen.
 */
export const launch = () => chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});

/** Where the service under test answers; tests/run-all starts it. */
export const service = process.env.SCREENING_URL;
