// node voorbeeld.mjs beslissen-met-teksten.wasm BESLISSING [feit=waarde ...]

import { readFile } from "node:fs/promises";
import { Decisions, describe } from "./beslissen.mjs";

const [file, id, ...given] = process.argv.slice(2);
try {
  const decisions = await Decisions.load(await readFile(file));
  console.log(describe(decisions.ask(id, Object.fromEntries(given.map((g) => g.split("="))))));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
