import assert from 'node:assert/strict';
import axe from 'axe-core';

/** Serious and critical findings of axe, as text. */
export async function findings(page) {
  await page.evaluate(axe.source);
  const { violations, passes } = await page.evaluate(() => globalThis.axe.run());
  assert.ok(passes.length > 10, 'axe ran');
  return violations.filter(v => ['serious', 'critical'].includes(v.impact)).map(v => `${v.id}: ${v.nodes.map(n => n.html).join(' ')}`);
}
