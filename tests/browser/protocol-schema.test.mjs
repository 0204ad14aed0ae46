import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import Ajv2020 from 'ajv/dist/2020.js';

// What a clinic's editor does while someone types: the published schema, read by an independent validator.
const folder = join(import.meta.dirname, '../../src/Screening.Rules/Protocols');
const files = readdirSync(folder, { recursive: true }).filter(file => file.endsWith('.json'));
const schemas = files.filter(file => file.endsWith('.schema.json'));
const protocols = files.filter(file => !file.endsWith('.schema.json'));
const read = file => JSON.parse(readFileSync(join(folder, file), 'utf8'));

test('there is one schema, and a protocol', () => {
  assert.equal(schemas.length, 1);
  assert.ok(protocols.length > 0);
});

for (const schema of schemas) {
  const validate = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, validateFormats: false }).compile(read(schema));
  for (const protocol of protocols) {
    test(`${protocol} follows ${schema}`, () => assert.ok(validate(read(protocol)), JSON.stringify(validate.errors, null, 2)));
  }
  test('a misspelt member does not follow the schema', () => {
    assert.equal(validate({ ...read(protocols[0]), quesions: [] }), false);
  });
}
