// Answers in the address: #rol=adviseur&tafel=weet-niet&datum=2025-02-01. Nothing of it reaches a server. A fragment
// without "=" is an ordinary anchor. Names are those of the facts; "datum" and "wijzig" are kept for the page itself.

import { Answers, OPEN } from "../../ts/decision/walk";

export const UNKNOWN = "weet-niet";
const DATE = "datum";
const CHANGE = "wijzig";

/** A question by its name, with its values by theirs. */
export interface Name {
  question: number;
  fact: string;
  values: Map<string, number>;
}

export interface State {
  answers: Answers;
  /** The day chosen, or "". */
  date: string;
  /** The question that is being changed, or -1. */
  change: number;
  /** What was not understood. */
  unknown: string[];
}

/** Reads a fragment; null where it is an ordinary anchor. */
export function read(hash: string, names: Name[]): State | null {
  const state: State = { answers: new Map(), date: "", change: -1, unknown: [] };
  if (hash.length < 2) return state;
  if (!hash.includes("=")) return null;
  for (const part of hash.slice(1).split("&")) {
    let [fact, value = ""] = part.split("=");
    try {
      [fact, value] = [decodeURIComponent(fact), decodeURIComponent(value)];
    } catch {
      // A broken escape stays as it is, and names nothing.
    }
    const named = names.find((n) => n.fact === fact);
    const index = named?.values.get(value);
    if (fact === DATE && /^\d{4}-\d\d-\d\d$/.test(value) && !isNaN(Date.parse(value))) state.date = value;
    else if (fact === CHANGE && names.some((n) => n.fact === value)) state.change = names.find((n) => n.fact === value)!.question;
    else if (named && value === UNKNOWN) state.answers.set(named.question, OPEN);
    else if (named && index !== undefined) state.answers.set(named.question, index);
    else state.unknown.push(part);
  }
  return state;
}

/** Writes answers as a fragment, in the order of the questions. */
export function write(names: Name[], answers: Answers, date: string, change = -1): string {
  const parts = date ? [DATE + "=" + date] : [];
  for (const { question, fact, values } of names) {
    const answer = answers.get(question);
    if (answer === undefined) continue;
    const value = answer === OPEN ? UNKNOWN : [...values].find(([, v]) => v === answer)![0];
    parts.push(fact + "=" + value);
  }
  if (change >= 0) parts.push(CHANGE + "=" + names.find((n) => n.question === change)!.fact);
  return parts.length ? "#" + parts.join("&") : "";
}
