// Answers in the address: #rol=adviseur&tafel=weet-niet&datum=2025-02-01. Nothing of it reaches a server. A fragment
// without "=" is an ordinary anchor. Names are those of the facts; "datum", "wijzig" and "voor" are kept for the page itself.
//
// With "voor=decision.fact" a decision helps with a question of another one. The answers of that one stay in the address,
// so that the way back has them all.

import { Answers, OPEN } from "../../ts/decision/walk";

export const UNKNOWN = "weet-niet";
const DATE = "datum";
const CHANGE = "wijzig";
const FOR = "voor";

/** What a name or a value looks like: nothing else is carried along. */
const NAME = /^[a-z0-9.-]+$/;

/** A question by its name, with its values by theirs. */
export interface Name {
  question: number;
  fact: string;
  values: Map<string, number>;
}

/** What a helper decision knows of the question that it helps with. */
export interface Help {
  /** The decision and its question, as "decision.fact". */
  for: string;
  /** What came along in the address, by fact, as written: answers of that decision, also to questions asked here too. */
  kept: Map<string, string>;
}

export interface State {
  answers: Answers;
  /** The day chosen, or "". */
  date: string;
  /** The question that is being changed, or -1. */
  change: number;
  /** What was not understood. */
  unknown: string[];
  help: Help | null;
}

export const empty = (help: Help | null = null): State => ({ answers: new Map(), date: "", change: -1, unknown: [], help });

/** Reads a fragment; null where it is an ordinary anchor. helps are the questions elsewhere that this decision helps with,
 * each with the facts that both decisions ask: only for those does it keep what it does not understand. */
export function read(hash: string, names: Name[], helps: Map<string, string[]> = new Map()): State | null {
  const state = empty();
  if (hash.length < 2) return state;
  if (!hash.includes("=")) return null;
  const parts = hash
    .slice(1)
    .split("&")
    .map((part) => {
      const [fact, value = ""] = part.split("=");
      try {
        return [decodeURIComponent(fact), decodeURIComponent(value), part];
      } catch {
        return [fact, value, part]; // a broken escape stays as it is, and names nothing
      }
    });
  const helped = parts.find(([fact, value]) => fact === FOR && helps.has(value));
  if (helped) state.help = { for: helped[1], kept: new Map() };
  for (const [fact, value, part] of parts) {
    const named = names.find((n) => n.fact === fact);
    const index = named?.values.get(value);
    const changed = fact === CHANGE && names.find((n) => n.fact === value);
    if (fact === FOR && state.help) continue;
    if (fact === DATE && /^\d{4}-\d\d-\d\d$/.test(value) && !isNaN(Date.parse(value))) state.date = value;
    else if (changed) state.change = changed.question;
    else if (state.help && NAME.test(fact) && NAME.test(value) && (!named || helps.get(state.help.for)!.includes(fact))) state.help.kept.set(fact, value);
    else if (!named || (value !== UNKNOWN && index === undefined)) state.unknown.push(part);
    if (named && value === UNKNOWN) state.answers.set(named.question, OPEN);
    else if (named && index !== undefined) state.answers.set(named.question, index);
  }
  return state;
}

/** Writes answers as a fragment, in the order of the questions. */
export function write(names: Name[], { answers, date, help }: State, change = -1): string {
  const parts = date ? [DATE + "=" + date] : [];
  const kept = new Map(help?.kept);
  for (const { question, fact, values } of names) {
    const answer = answers.get(question);
    if (answer === undefined) continue;
    parts.push(fact + "=" + word(values, answer));
    kept.delete(fact);
  }
  for (const [fact, value] of kept) parts.push(fact + "=" + value);
  if (help) parts.push(FOR + "=" + help.for);
  if (change >= 0) parts.push(CHANGE + "=" + names.find((n) => n.question === change)!.fact);
  return parts.length ? "#" + parts.join("&") : "";
}

/** Writes the way to a helper decision: the answers so far, and which question of which decision it is for. */
export function ask(names: Name[], state: State, decision: string, fact: string): string {
  return write(names, { ...state, help: { for: decision + "." + fact, kept: new Map() } });
}

/** Writes the way back from a helper decision: what came along, with the answers given here to the questions that both ask,
 * and the answer that was found; without one the question is asked again. */
export function back(names: Name[], { answers, date, help }: State, shared: string[], value = ""): string {
  const { for: wanted, kept: given } = help!;
  const kept = new Map(given);
  for (const { question, fact, values } of names) {
    const answer = answers.get(question);
    if (shared.includes(fact) && answer !== undefined) kept.set(fact, word(values, answer));
  }
  const fact = wanted.slice(wanted.indexOf(".") + 1);
  kept.delete(fact);
  if (value) kept.set(fact, value);
  if (date) kept.set(DATE, date);
  return "#" + [...kept].map(([fact, value]) => fact + "=" + value).join("&");
}

function word(values: Map<string, number>, answer: number): string {
  return answer === OPEN ? UNKNOWN : [...values].find(([, v]) => v === answer)![0];
}
