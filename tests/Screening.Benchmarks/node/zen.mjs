// The rules as a decision of GoRules' zen, run as its documentation says.
import { ZenDecisionContent, ZenEngine } from "@gorules/zen-engine";
import { expression } from "./zen-rules.mjs";

const decision = new ZenEngine().createDecision(new ZenDecisionContent({
    nodes: [
        { id: "in", name: "in", type: "inputNode", position: { x: 0, y: 0 } },
        { id: "rules", name: "rules", type: "expressionNode", position: { x: 0, y: 0 }, content: { expressions: [{ id: "notClear", key: "notClear", value: expression }], passThrough: false } },
        { id: "out", name: "out", type: "outputNode", position: { x: 0, y: 0 } },
    ],
    edges: [
        { id: "a", type: "edge", sourceId: "in", targetId: "rules" },
        { id: "b", type: "edge", sourceId: "rules", targetId: "out" },
    ],
}));

export async function find(facts) {
    const { result } = await decision.evaluate(facts);
    return result.notClear;
}
