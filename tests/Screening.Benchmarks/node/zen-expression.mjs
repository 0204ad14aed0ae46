// The rules as a bare expression of zen, without its decisions and their worker threads: much faster, but an expression language, no rule engine.
import { evaluateExpressionSync } from "@gorules/zen-engine";
import { expression } from "./zen-rules.mjs";

export function find(facts) {
    return evaluateExpressionSync(expression, facts);
}
