// What the service speaks in FHIR, seen by a client that knows FHIR and the Questionnaire, and nothing else of the service.
import { service } from './chromium.mjs';

export const json = 'application/fhir+json';

export const get = async (path, language = 'en') =>
  (await fetch(`${service}/fhir/${path}`, { headers: { Accept: json, 'Accept-Language': language } })).json();

async function post(operation, parameters) {
  const response = await fetch(`${service}/fhir/Questionnaire/${operation}`, {
    method: 'POST', headers: { 'Content-Type': json, Accept: json, 'Accept-Language': 'en' }, body: JSON.stringify(parameters),
  });
  return { status: response.status, resource: await response.json() };
}

/** Screens; the status and the Bundle or OperationOutcome. */
export const screen = (protocol, parameters) => post(`${protocol}/$screen`, parameters);

/** Fills in a form; the status and the Parameters or OperationOutcome. */
export const populate = (protocol, parameters) => post(`${protocol}/$populate`, parameters);

export const resources = (bundle, type) => bundle.entry.map(entry => entry.resource).filter(resource => resource.resourceType === type);

const output = bundle => resources(bundle, 'GuidanceResponse')[0].contained[0].parameter;
const valueOf = parameter => Object.entries(parameter).find(([key]) => key.startsWith('value'))[1];

/** The decision in a Bundle: a value of its output parameters. */
export function decided(bundle, name) {
  const parameter = output(bundle).find(one => one.name === name);
  return parameter && valueOf(parameter);
}

/** All that decides in a Bundle, in the shape that `saidByRest` gives a decision. */
export function saidInFhir(bundle) {
  const all = name => output(bundle).filter(one => one.name === name).map(one => Object.fromEntries(one.part.map(part => [part.name, valueOf(part)])));
  return {
    ...Object.fromEntries(['eligibility', 'bookable', 'earliestDate', 'notBefore'].map(name => [name, decided(bundle, name)])),
    windows: all('window'),
    waitingPeriods: all('waitingPeriod'),
    requirements: all('requirement'),
    reasons: all('reason').map(({ line, ...reason }) => reason),
    missing: all('missing').map(one => one.question),
    trace: all('trace'),
    messages: resources(bundle, 'DetectedIssue').map(issue => issue.detail),
  };
}

/** The questions of which a decision names something as what the person said. */
export function saidByPerson(bundle, questionnaire) {
  const parts = output(bundle).filter(one => one.name === 'evidence' && one.part.some(part => part.name === 'answer'));
  const codings = resources(bundle, 'DetectedIssue')
    .flatMap(issue => issue.evidence ?? []).flatMap(one => one.code ?? []).flatMap(code => code.coding ?? []);
  return new Set([
    ...parts.map(one => valueOf(one.part.find(part => part.name === 'question'))),
    ...codings.filter(coding => coding.system === questionnaire.url).map(coding => coding.code.split('.')[0]),
  ]);
}

/** All that decides in a decision by `POST /v1/screenings`; what is null there is absent in FHIR. */
export function saidByRest(decision) {
  const known = object => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null));
  const { eligibility, bookable, earliestDate, notBefore, trace } = known(decision);
  return {
    eligibility, bookable, earliestDate, notBefore,
    windows: decision.windows.map(known),
    waitingPeriods: decision.waitingPeriods.map(({ event: { question, index, assumedDate }, ...wait }) => known({ ...wait, question, index: index ?? null, assumedDate })),
    requirements: decision.requirements.map(known),
    reasons: decision.reasons.map(({ ruleId, outcome, effect, binding, persistence }) => ({ ruleId, outcome, effect, binding, persistence })),
    missing: decision.missing.map(one => one.question),
    trace,
    messages: decision.reasons.map(reason => reason.message),
  };
}

export const parameters = (response, { start, end, timeZone, asOf, clearances = [] }) => ({
  resourceType: 'Parameters',
  parameter: [
    { name: 'questionnaireResponse', resource: response },
    {
      name: 'appointment',
      resource: {
        resourceType: 'Appointment', status: start ? 'booked' : 'proposed', ...(start && { start }), ...(end && { end }),
        participant: [{ status: 'accepted', actor: { reference: 'Patient/1' } }],
      },
    },
    { name: 'timeZone', valueString: timeZone },
    ...asOf ? [{ name: 'asOf', valueInstant: asOf }] : [],
    ...clearances.map(({ ruleId, by, on }) => (
      {
        name: 'clearance',
        part: [{ name: 'ruleId', valueCode: ruleId }, { name: 'by', valueString: by }, { name: 'on', valueDate: on }],
      })),
  ],
});

/** Fills in a Questionnaire with the answers of a screening request, reading from it alone how each is said. */
export function fill(questionnaire, answers) {
  const coding = (item, code) => ({ valueCoding: item.answerOption.map(option => option.valueCoding).find(one => one.code === code) });
  const item = (linkId, ...answer) => ({ linkId, answer });
  const dated = ({ linkId, type }, date) =>
    date === 'unknown' ? item(`${linkId}.unknown`, { valueBoolean: true }) : item(linkId, { [type === 'date' ? 'valueDate' : 'valueString']: date });
  const items = questionnaire.item.flatMap(asked => {
    const said = answers[asked.linkId];
    if (said === undefined) return [];
    if (asked.type === 'group') {
      const [kind, date] = asked.item;
      const member = one => one.linkId.slice(asked.linkId.length + 1);
      const any = questionnaire.item.find(one => one.linkId === `${asked.linkId}.any`);
      return [
        item(any.linkId, coding(any, said === 'unknown' ? 'unknown' : said.length ? 'yes' : 'no')),
        ...(said === 'unknown' ? [] : said).map(one => ({
          linkId: asked.linkId,
          item: [item(kind.linkId, coding(kind, one[member(kind)])), dated(date, one[member(date)])],
        })),
      ];
    }
    if (['date', 'string'].includes(asked.type)) return [dated(asked, said)];
    if (asked.repeats) return [item(asked.linkId, ...(said.length ? said : ['none']).map(code => coding(asked, code)))];
    return [item(asked.linkId, coding(asked, said))];
  });
  return {
    resourceType: 'QuestionnaireResponse', questionnaire: `${questionnaire.url}|${questionnaire.version}`, status: 'completed', subject: { reference: 'Patient/1' }, item: items,
  };
}
