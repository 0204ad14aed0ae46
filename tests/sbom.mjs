// The bill of materials names every package of the published service in its version, and none that is not locked.
// node tests/sbom.mjs bom.json Screening.Api.deps.json packages.lock.json
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

const [bom, deps, locked] = process.argv.slice(2).map(path => JSON.parse(readFileSync(path, "utf8")));
const listed = new Set(bom.components.map(component => `${component.name}/${component.version}`));
const published = Object.entries(deps.libraries).filter(([, library]) => library.type === "package").map(([name]) => name);
const all = new Set(Object.values(locked.dependencies).flatMap(Object.entries).map(([name, entry]) => `${name}/${entry.resolved}`));
assert.ok(published.length > 0);
assert.deepEqual(published.filter(name => !listed.has(name)), [], "published, and not in the bill");
assert.deepEqual([...listed].filter(name => !all.has(name)), [], "in the bill, and not in the lock file");
for (const component of bom.components) {
  assert.ok(component.purl?.startsWith("pkg:nuget/"), component.name);
  assert.ok(component.licenses?.length > 0, `${component.name} has no licence`);
}

console.log(`${listed.size} packages`);
