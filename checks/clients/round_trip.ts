// The types that openapi-typescript makes of the document, with openapi-fetch: the same round trip as round_trip.py, type-checked by tsc.
//
//   BASE_URL=... PROVIDER_KEY=... OFFICER_KEY=... node round_trip.js MEASURE QUARTER
import assert from "node:assert/strict";
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.js";

type Body = components["schemas"]["SubmissionBody"];
const [measure, quarter] = process.argv.slice(2) as [string, string];
const as = (key: string) =>
  createClient<paths>({ baseUrl: process.env.BASE_URL, headers: { Authorization: `Bearer ${process.env[key]}` } });
const provider = as("PROVIDER_KEY");
const officer = as("OFFICER_KEY");
const SUBMISSION = "/api/v1/quarterly-submissions/{measure}/{quarter}";
const params = { path: { measure, quarter } };
const body = (numerator: number, denominator: number): Body => ({
  data_period: quarter,
  numerator,
  denominator,
  narrative: { challenges: "Two vacancies in the team." },
});

/** What was answered, which must be no problem. */
function succeeded<T>({ data, error, response }: { data?: T; error?: unknown; response: Response }, status: number): T {
  assert.equal(response.status, status, JSON.stringify(error));
  assert.ok(data);
  return data;
}

const first = succeeded(await provider.PUT(SUBMISSION, { params, body: body(84, 110) }), 201);
const again = succeeded(await provider.PUT(SUBMISSION, { params, body: body(84, 110) }), 200);
assert.deepEqual(first, again, "the same figure sent again changes nothing");
assert.equal(again.value, 76.4);
const rows = [{ measure, quarter, ...body(84, 110) }];
const receipt = succeeded(await provider.POST("/api/v1/imports", { body: { rows } }), 200);
assert.ok("rows" in receipt);
assert.equal(receipt.counts.unchanged, 1);

const refused = await provider.PUT(SUBMISSION, { params, body: body(111, 110) });
assert.equal(refused.response.status, 422);
assert.equal(refused.error?.code, "validation_failed");
assert.equal(refused.error?.errors[0]?.pointer, "/numerator");

succeeded(await provider.POST(`${SUBMISSION}/submit`, { params }), 200);
const own = await provider.POST(`${SUBMISSION}/approve`, { params });
assert.equal(own.response.status, 403);
const approved = succeeded(await officer.POST(`${SUBMISSION}/approve`, { params }), 200);
assert.equal(approved.state, "approved");

const kept = await provider.DELETE(SUBMISSION, { params });
assert.equal(kept.response.status, 409);
const read = succeeded(await officer.GET(SUBMISSION, { params }), 200);
assert.deepEqual(read, approved);
const query = { measure, quarter };
const page = succeeded(await officer.GET("/api/v1/quarterly-submissions", { params: { query } }), 200);
assert.deepEqual(page.items, [approved]);
console.log(`TypeScript: ${measure} ${quarter} pushed, refused, handed in, approved and read back: ${read.value}`);
