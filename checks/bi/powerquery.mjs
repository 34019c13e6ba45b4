// Parses every block of Power Query in docs/bi with Microsoft's own parser; what does not parse is told with its file, line and reason.
//
//   node powerquery.mjs [FILE...]
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import parser from "@microsoft/powerquery-parser";

const { DefaultSettings, TaskUtils } = parser;
const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const FENCE = /^( *)```powerquery[^\n]*\n([^]*?)^\1```$/gm;

/** What the parser finds wrong with a text, and on which of its lines, from 1; nothing where it parses. */
async function fault(text) {
  const task = await TaskUtils.tryLexParse(DefaultSettings, text);
  if (TaskUtils.isOk(task)) return undefined;
  const inner = task.error.innerError;
  // A lexer's fault stands at a place of the text, a parser's at a token; neither where the text ends too early.
  const place = inner?.graphemePosition ?? inner?.foundToken?.token.positionStart;
  return { line: place ? place.lineNumber + 1 : text.trimEnd().split("\n").length, message: task.error.message };
}

/** The blocks of a document: their text, and the line of the document on which it begins. */
function blocks(document) {
  return [...document.matchAll(FENCE)].map((found) => ({
    text: found[2],
    line: document.slice(0, found.index).split("\n").length + 1,
  }));
}

/** Would this check see a block that is broken? */
async function seesBroken() {
  const broken = "A title\n\n```powerquery\nlet\n    Rows = Table.FromRows({},\n    Other = 2,\nin\n    Rows\n```\n";
  const [{ text, line }] = blocks(broken);
  const found = await fault(text);
  assert.equal(line + found.line - 1, 7, "a token that is out of place");
  assert.match(found.message, /^Expected to find/);
  assert.equal((await fault('let\n    A = "never ended\nin\n    A')).line, 2, "a text that does not end");
  assert.equal((await fault("let\n    A = 1\n")).line, 2, "what ends too early");
  assert.equal(await fault("let\n    A = 1\nin\n    A"), undefined);
}

await seesBroken();
const folder = join(ROOT, "docs/bi");
const named = process.argv.slice(2);
const files = named.length > 0 ? named : readdirSync(folder).filter((name) => name.endsWith(".md")).map((name) => join(folder, name));
let parsed = 0;
let faults = 0;
for (const file of files.sort()) {
  for (const { text, line } of blocks(readFileSync(file, "utf8"))) {
    const found = await fault(text);
    if (found) {
      console.error(`${relative(process.cwd(), file)}:${line + found.line - 1}: ${found.message}`);
      faults += 1;
    }
    parsed += 1;
  }
}
assert.ok(parsed >= 1, "there is no block of Power Query");
if (faults > 0) process.exit(1);
console.log(`Power Query: ${parsed} blocks parse, and a broken one does not`);
