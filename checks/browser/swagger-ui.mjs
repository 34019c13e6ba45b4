// Swagger UI as a person uses it: open /docs, authorise, run operations from the page with the values the page offers.
//
//   API_KEY=... node swagger-ui.mjs [operation id ...]
//
// Each operation named (by default one GET and one PUT) is executed with its prefilled example and must succeed.
// Settings: BASE_URL, CHROMIUM (path of the browser), SCREENSHOT (a PNG), PARAMETERS (JSON: name -> value to type
// instead of the example).
import assert from "node:assert/strict";
import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { chromium } from "playwright-core";

const BASE = (process.env.BASE_URL ?? "http://127.0.0.1:8080").replace(/\/$/, "");
const KEY = process.env.API_KEY;
const SCREENSHOT = process.env.SCREENSHOT ?? "../../target/swagger-ui.png";
const PARAMETERS = JSON.parse(process.env.PARAMETERS ?? "{}");
const OPERATIONS = process.argv.length > 2 ? process.argv.slice(2) : ["get_measure", "put_quarterly_submission"];
const BROWSERS = [
  process.env.CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
// Quiet and self-contained: a browser that calls home is slow where nobody answers.
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-dev-shm-usage",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Types the key into the Authorize dialogue and checks that the page took it. */
async function authorise(page) {
  await page.locator("button.authorize").first().click();
  const dialogue = page.locator(".dialog-ux .modal-ux");
  await dialogue.locator("input").first().fill(KEY);
  await dialogue.locator("button.auth.authorize").first().click();
  await dialogue.locator("button.auth", { hasText: "Logout" }).first().waitFor();
  await dialogue.locator("button.btn-done").first().click();
  await page.locator("button.authorize.locked").first().waitFor();
}

/** Opens one operation, executes it, and returns what the page shows of the answer. */
async function execute(page, operation) {
  const block = page.locator(`.opblock[id$="-${operation}"]`);
  await block.waitFor({ timeout: 10_000 }).catch(() => assert.fail(`${operation} is not on the page`));
  await block.locator(".opblock-summary-control").click();
  await block.locator("button.try-out__btn").click();
  for (const [name, value] of Object.entries(PARAMETERS)) {
    const field = block.locator(`tr[data-param-name="${name}"] input`);
    if (await field.count()) await field.fill(value);
  }
  const method = (await block.locator(".opblock-summary-method").innerText()).trim();
  const answered = page.waitForResponse((response) => response.request().method() === method);
  await block.locator("button.execute").click();
  const answer = await answered;
  const row = block.locator(".live-responses-table tbody tr.response").first();
  const shown = parseInt(await row.locator(".response-col_status").innerText(), 10);
  const body = (await row.locator(".response-col_description").innerText()).trim();
  const sent = answer.request().headers().authorization;
  assert.equal(sent, `Bearer ${KEY}`, `${operation}: the key was not sent`);
  assert.equal(shown, answer.status(), `${operation}: the page shows ${shown}, the service said ${answer.status()}`);
  assert.ok(shown >= 200 && shown < 300, `${operation}: ${method} ${answer.url()} answered ${shown}\n${body}`);
  assert.ok(shown === 204 || body.includes("{"), `${operation}: no body is shown\n${body}`);
  console.log(`  ${method} ${new URL(answer.url()).pathname} -> ${shown}`);
}

assert.ok(KEY, "API_KEY is not set");
const executablePath = BROWSERS.find((path) => path && existsSync(path));
assert.ok(executablePath, "no Chromium found: install it, or name it in CHROMIUM");
const browser = await chromium.launch({ executablePath, headless: true, args: FLAGS });
try {
  const page = await browser.newPage({ viewport: { width: 1400, height: 1800 } });
  page.setDefaultTimeout(20_000);
  const strangers = [];
  const complaints = [];
  page.on("request", (request) => {
    if (/^(https?|wss?):/.test(request.url()) && !request.url().startsWith(`${BASE}/`)) strangers.push(request.url());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(`${BASE}/docs`, { waitUntil: "domcontentloaded" });
  await page.locator(".information-container .title").waitFor();
  assert.equal(await page.locator(".errors-wrapper").count(), 0, "Swagger UI complains about the document");
  await authorise(page);
  try {
    for (const operation of OPERATIONS) await execute(page, operation);
  } finally {
    mkdirSync(dirname(SCREENSHOT), { recursive: true });
    await page.screenshot({ path: SCREENSHOT, fullPage: false });
  }
  assert.deepEqual(strangers, [], "the page asked other hosts");
  assert.deepEqual(complaints, [], "the page threw errors");
  console.log(`${OPERATIONS.length} passed, 0 failed`);
} finally {
  await browser.close();
}
