// fastify in front of one of the engines: `node server.mjs json-rules-engine|zen|zen-expression PORT`.
import Fastify from "fastify";
import { screen } from "./screening.mjs";

const [engine, port] = process.argv.slice(2);
const { find } = await import(`./${engine}.mjs`);

const app = Fastify({ logger: false });
app.post("/v1/screenings", async (request, reply) => {
    const decision = await screen(request.body, find);
    if (decision) return decision;
    reply.code(422);
    return { status: 422 };
});
await app.listen({ host: "127.0.0.1", port: +port });
