// Fills in on a sheet what was already answered in a decision: the answers come along in the address. Fetched only where there are any.
//
// A choice is made where everything that it says was answered so, and no other choice says as much; of rows only the first is filled.
// Where an answer differs from what the sheet takes for granted, nothing is filled in, and it says so.

import type { Sheet } from "./werkblad";

/** Gives the key of what there is to say about it, "" where there was nothing to fill in. */
export function fill(sheet: Sheet, hash: string): string {
  const given = new Map(hash.slice(1).split("&").map((part) => part.split("=") as [string, string]));
  const says = (facts: string): [string, string][] => facts.split("&").map((part) => part.split("=") as [string, string]);
  const granted = says(sheet.dataset.feiten || "");
  if (given.has("datum") || granted.some(([fact, value]) => (given.get(fact) ?? value) !== value)) return "blad-niet-overgenomen";
  const later = new Set(sheet.rows().slice(1).flatMap((row) => sheet.controls(row)));
  let filled = "";
  for (const control of sheet.controls(sheet)) {
    if (control.localName !== "select" || control.value || later.has(control)) continue;
    let most = 0;
    let found: HTMLOptionElement[] = [];
    for (const option of (control as HTMLSelectElement).options) {
      const facts = option.dataset.f ? says(option.dataset.f) : [];
      if (facts.length < most || !facts.length || facts.some(([fact, value]) => given.get(fact) !== value)) continue;
      if (facts.length > most) found = [];
      most = facts.length;
      found.push(option);
    }
    if (found.length !== 1) continue;
    found[0].selected = true;
    control.dispatchEvent(new Event("input", { bubbles: true }));
    filled = "blad-overgenomen";
  }
  return filled;
}
