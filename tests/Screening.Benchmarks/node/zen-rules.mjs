// The 26 rules in zen's expression language: true when the rule is not clear.
import { protocol } from "./screening.mjs";

function notClear(rule) {
    const { question } = rule.condition;
    switch (rule.id) {
        case "topical-retinoid":
            return 'topicalRetinoidUse != "never" and (topicalRetinoidUse != "stopped" or not retinoidDated or day < retinoidClears)';
        case "skin-cancer":
            return 'skinCancer not in ["none", "past", "precancer"]';
        case "skin-cancer-history":
            return 'skinCancer not in ["none", "current", "suspected"]';
        case "anticoagulant-daily":
            return 'anticoagulantUse in ["daily", "unknown", "absent"]';
        case "anticoagulant-other":
            return 'anticoagulantUse not in ["none", "daily"]';
        case "isotretinoin":
            return 'isotretinoinUse != "never"';
        case "electronic-implant":
            return "len(electronicImplants) > 0";
        case "metal-plate-in-area":
            return "len(plates) > 0";
        case "filler-or-toxin-injection":
            return "not injectionsKnown or some(injections, day > #[0] - 14 and day < #[1] + 14)";
        default:
            return question === "skinConditions" ? `"${rule.condition.anyOf[0]}" in skinConditions or "unknown" in skinConditions` : `${question} != "no"`;
    }
}

/** All of them as one list: one output costs less than 26. */
export const expression = `[${protocol.rules.map((rule) => `(${notClear(rule)})`).join(", ")}]`;
