// The 26 rules for json-rules-engine: one condition for each wherever one is enough, true when the rule is not clear.
import { Engine, Rule } from "json-rules-engine";
import { protocol } from "./screening.mjs";

const is = (fact, operator, value) => ({ fact, operator, value });
const all = (...conditions) => ({ all: conditions });
const any = (...conditions) => ({ any: conditions });

function notClear(rule) {
    const { question } = rule.condition;
    switch (rule.id) {
        case "topical-retinoid":
            return any(
                is("topicalRetinoidUse", "in", ["current", "unknown", "absent"]),
                all(is("topicalRetinoidUse", "equal", "stopped"), any(is("retinoidDated", "equal", false), is("day", "lessThan", { fact: "retinoidClears" }))));
        case "skin-cancer":
            return all(is(question, "notIn", ["none", "past", "precancer"]));
        case "skin-cancer-history":
            return all(is(question, "notIn", ["none", "current", "suspected"]));
        case "anticoagulant-daily":
            return all(is(question, "in", ["daily", "unknown", "absent"]));
        case "anticoagulant-other":
            return all(is(question, "notIn", ["none", "daily"]));
        case "isotretinoin":
            return all(is(question, "notEqual", "never"));
        case "electronic-implant":
            return all(is(question, "isNotEmpty", true));
        case "metal-plate-in-area":
            return all(is("plates", "isNotEmpty", true));
        case "filler-or-toxin-injection":
            return any(is("injectionsKnown", "equal", false), is("injections", "someWithin14Days", { fact: "day" }));
        default:
            return question === "skinConditions" ? all(is(question, "maySay", rule.condition.anyOf[0])) : all(is(question, "notEqual", "no"));
    }
}

const engine = new Engine([], { allowUndefinedFacts: false });
engine.addOperator("isNotEmpty", (list) => list.length > 0);
engine.addOperator("maySay", (list, code) => list.includes(code) || list.includes("unknown"));
engine.addOperator("someWithin14Days", (spans, day) => spans.some(([first, last]) => day > first - 14 && day < last + 14));
const index = new Map();
protocol.rules.forEach((rule, i) => {
    index.set(rule.id, i);
    engine.addRule(new Rule({ conditions: notClear(rule), event: { type: rule.id } }));
});

export async function find(facts) {
    const { events } = await engine.run(facts);
    const found = new Array(protocol.rules.length).fill(false);
    for (const event of events) found[index.get(event.type)] = true;
    return found;
}
