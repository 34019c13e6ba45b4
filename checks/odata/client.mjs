// The feed read by @odata/client: every row is the one that the JSON feed gives.
//
//   BASE_URL=http://127.0.0.1:8080 API_KEY=... node client.mjs
import assert from "node:assert/strict";
import odata from "@odata/client";

const { OData } = odata;
const BASE = (process.env.BASE_URL ?? "http://127.0.0.1:8080").replace(/\/$/, "");
const KEY = process.env.API_KEY;
const PAGE = 500;

/** Every row of the JSON feed. */
async function feed() {
  const rows = [];
  let address = `${BASE}/api/v1/observations?limit=1000`;
  while (address) {
    const answer = await fetch(address, { headers: { Authorization: `Bearer ${KEY}` } });
    assert.equal(answer.status, 200);
    const page = await answer.json();
    rows.push(...page.items);
    address = page.next;
  }
  return rows;
}

const wanted = await feed();
assert.ok(wanted.length > 100, `only ${wanted.length} rows`);
const client = OData.New4({ serviceEndpoint: `${BASE}/odata/v1/`, credential: { username: "anybody", password: KEY } });
const observations = client.getEntitySet("Observations");

const found = [];
for (;;) {
  const page = await observations.query(client.newOptions().top(PAGE).skip(found.length));
  found.push(...page);
  if (page.length < PAGE) break;
}
assert.deepEqual(found, wanted);
console.log(`@odata/client: ${found.length} rows are the same`);

const red = await observations.query(client.newFilter().field("rag").eqString("red").field("value").gt(10));
assert.deepEqual(red, wanted.filter((row) => row.rag === "red" && row.value !== null && row.value > 10));
assert.ok(red.length > 0);
assert.equal(await observations.count(), wanted.length);

const { measure, quarter, dimension, category } = wanted[0];
const { "@odata.context": context, ...one } = await observations.retrieve({ measure, quarter, dimension, category });
assert.ok(context.endsWith("#Observations/$entity"));
assert.deepEqual(one, wanted[0]);

await assert.rejects(observations.query(client.newOptions().filter("nonsense eq 1")), /column 1: there is no property `nonsense`/);
console.log("@odata/client: filter, count, key and error are read");
