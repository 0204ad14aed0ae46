import assert from 'node:assert/strict';
import axe from 'axe-core';

/** Every weight of a finding. */
export const all = ['minor', 'moderate', 'serious', 'critical', null];

/** Findings of axe, as text: the serious and critical ones, unless it is a page on which there should be none at all. */
export async function findings(page, impacts = ['serious', 'critical']) {
  await page.evaluate(axe.source);
  const { violations, passes } = await page.evaluate(() => globalThis.axe.run());
  assert.ok(passes.length > 10, 'axe ran');
  return violations.filter(v => impacts.includes(v.impact)).map(v => `${v.id}: ${v.nodes.map(n => n.html).join(' ')}`);
}
