// Calls of $screen, as many as are wanted and the same each time: the answers of somebody with nothing to report, a few of them changed.
import { fill, parameters } from './fhir-resources.mjs';

/** Numbers from 0 to 1 that look random (mulberry32). */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6D2B79F5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const day = 24 * 60 * 60 * 1000;
const asOf = '2026-11-22T15:00:00Z';
const later = days => new Date(Date.parse(asOf) + days * day).toISOString();
const subject = { reference: 'Patient/1' };
const entries = [
  { resourceType: 'Condition', id: 'c1', subject, code: { text: 'psoriasis' } },
  { resourceType: 'MedicationStatement', id: 'm1', status: 'active', subject, medicationCodeableConcept: { text: 'isotretinoin <10 mg>' } },
  { resourceType: 'MedicationRequest', id: 'r1', status: 'active', intent: 'order', subject, medicationReference: { reference: 'Medication/9' } },
  { resourceType: 'Procedure', id: 'p1', status: 'completed', subject, performedDateTime: '2026-11-20', code: { text: 'pacemaker' } },
  { resourceType: 'Observation', id: 'o1', status: 'final', subject, code: { coding: [{ system: 'http://loinc.org', code: '82810-3' }] }, effectiveDateTime: '2026-11-20', valueCodeableConcept: { coding: [{ system: 'http://loinc.org', code: 'LA15173-0' }] } },
  { resourceType: 'OperationOutcome', issue: [{ severity: 'warning', code: 'processing' }] },
  { resourceType: 'AllergyIntolerance', id: 'a1', patient: subject },
];

/** A call: its Parameters and the language of the answer. */
export function call(seed, questionnaire, answers) {
  const random = numbers(seed);
  const chance = share => random() < share;
  const pick = list => list[Math.floor(random() * list.length)];
  const codes = item => item.answerOption.map(option => option.valueCoding.code).filter(code => code !== 'none');
  const said = structuredClone(answers);
  for (let changes = pick([0, 0, 1, 1, 2, 4]); changes > 0; changes -= 1) {
    const item = pick(questionnaire.item.filter(one => one.linkId in said));
    if (chance(0.2)) delete said[item.linkId];
    else if (item.type === 'group') said[item.linkId] = chance(0.2) ? 'unknown' : [later(-20), later(5), '2026-11'].map(date => ({ product: pick(codes(item.item[0])), date: date.slice(0, 10) }));
    else if (item.answerOption) said[item.linkId] = item.repeats ? [pick(codes(item))] : pick(item.answerOption).valueCoding.code;
  }

  const start = chance(0.8) ? later(pick([1, 6, 13, 30])) : undefined;
  const asked = parameters(fill(questionnaire, said), { start, timeZone: pick(['America/New_York', 'Asia/Kathmandu', 'Pacific/Auckland']), asOf });
  if (chance(0.3)) asked.parameter.push({ name: 'slot', valueDateTime: later(8) }, { name: 'slot', valueDateTime: later(40) });
  if (chance(0.2)) {
    asked.parameter.push({
      name: 'clearance',
      part: [{ name: 'ruleId', valueCode: 'isotretinoin' }, { name: 'by', valueString: 'Dr A. Example' }, { name: 'on', valueDate: '2026-11-22' }, { name: 'note', valueString: 'Seen <today> & "well"' }],
    });
  }
  if (chance(0.5)) {
    const resources = entries.filter(() => chance(0.3));
    asked.parameter.push({ name: 'record', resource: { resourceType: 'Bundle', type: 'collection', ...resources.length && { entry: resources.map(resource => ({ resource })) } } });
  }
  return { asked, language: pick(['en', 'es']) };
}
