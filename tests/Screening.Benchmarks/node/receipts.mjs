// What a receipt costs: the service with `Prefer: receipt` against itself without, and what that adds against one raw ES256 signature of
// the base library, measured in the same rounds.
import { createHash, createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { writeFileSync } from "node:fs";

export const signed = "service with a receipt";
export const raw = "ES256 of the base library";

/** Writes a file of signing keys. */
export function writeKeys(file) {
    const pem = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "pkcs8", format: "pem" });
    writeFileSync(file, JSON.stringify({ keys: [{ state: "current", pem }] }));
}

/** How many bytes a receipt signs. */
export const signedLength = (receipt) => receipt.lastIndexOf(".");

/** Throws when the receipt of an answer is not good by a key set. */
export function checkReceipt({ receipt }, { keys }) {
    const [header, payload, signature] = receipt.split("~")[0].split(".");
    const { kid } = JSON.parse(Buffer.from(header, "base64url"));
    const key = createPublicKey({ key: keys.find((one) => one.kid === kid), format: "jwk" });
    if (!verify("sha256", `${header}.${payload}`, { key, dsaEncoding: "ieee-p1363" }, Buffer.from(signature, "base64url"))) {
        throw new Error("A receipt's signature is not good.");
    }
    const digests = JSON.parse(Buffer.from(payload, "base64url"))._sd;
    const disclosed = receipt.split("~").slice(1, -1).map((one) => createHash("sha256").update(one).digest("base64url"));
    if (disclosed.length !== 2 || !disclosed.every((digest) => digests.includes(digest))) throw new Error("A receipt's disclosures are not its own.");
}

/** The rows of the table: CPU of a request, what the receipt adds to it, and bytes of the answer. */
export function receiptRows(http, bytes, row, show, times) {
    const [without, withOne, signature] = ["service", signed, raw].map((name) => http[name].microseconds);
    row("CPU of a request with a receipt against the same without", show(signed), show("service"), times(withOne / without), "");
    row(
        "of it, the receipt against one ES256 signature of the base library",
        `${(withOne - without).toFixed(1)} µs`, `${signature.toFixed(1)} µs`, times((withOne - without) / signature), "");
    row(
        "bytes of the answer with a receipt against the same without",
        `${bytes.with} B (of it the receipt ${bytes.receipt} B)`, `${bytes.without} B`, times(bytes.with / bytes.without), "");
}
