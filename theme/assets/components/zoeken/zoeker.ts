// Finds items in the index that generator/search wrote, with MiniSearch. Words are folded as Fold and Words do there.

import MiniSearch from "../../vendor/minisearch/index.js";

/** One result. Addresses are complete. */
export interface Found {
  href: string;
  title: string;
  lead: string;
  phase: string;
  headings: { href: string; text: string }[];
  verdict?: [string, string]; // of a situation: class and word
  of?: string; // the decision that a situation belongs to
}

export interface Group {
  kind: string;
  found: Found[];
  more?: boolean; // there are situations that are not shown
}

/** A situation: name, and the places of its decision, verdict and answers. In the index the answers stand behind all situations. */
type Situation = [string, number, number, ...number[]];

/** An item of the index: kind, address, title, lead, phase, and per heading its anchor and text. */
type Item = [string, string, string, string, string, ...string[]];

export interface IndexFile {
  index: unknown;
  stop: string[];
  denials: string[]; // the first stands for all of them
  items: Item[];
  situations?: { index: unknown; decisions: [string, string][]; parts?: number[]; verdicts: [string, string][]; answers: [string, string?][]; items: Situation[] };
}

/** No more results than this are shown of one kind, and of one result no more headings. */
const MOST = 8;
const MOST_HEADINGS = 3;

/** Of situations fewer, and at first no more of one decision: they look alike. A word of an answer that
 * others share says less of a situation than one of its name, and a situation scores at least this part of the best one. */
const MOST_SITUATIONS = 6;
const MOST_OF_ONE = 2;
const ANSWER = 0.8;
/** A verdict that other decisions use stands behind one that is the whole answer. */
const PART = 0.9;
const ENOUGH = 0.5;

export const SITUATIONS = "situaties";
const DECISIONS = "mag-dit";
/** No more decisions than this are shown that have only some of the words. */
const MOST_NEAR = 3;

const fuzzy = (word: string): number | false => word.length > 3 && 0.2;

const split = (text: string): string[] => fold(text).split(/[^a-z0-9]+/);

export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();
}

/** The beginning that most forms of a word share: "aanmeld" of "aanmelden" and "aanmelding". */
const stem = (word: string): string => (word.length > 5 ? word.replace(/(ingen|ering|ing|eren|en|er|t|e|s)$/, "").replace(/([b-df-hj-np-tv-z])\1$/, "$1") : word);

/** What it says that something is found, by how many have it. */
const rarity = (found: number[]): number => Math.log(1 + found.length / (1 + found.filter(Boolean).length));

export class Search {
  private mini: MiniSearch;
  private cases: MiniSearch | undefined;
  private stop: Set<string>;
  private users: number[] = []; // how many situations have an answer

  constructor(private file: IndexFile, private root: string) {
    this.stop = new Set(file.stop);
    this.mini = this.load(file.index, { titel: 8, ook: 8, koppen: 3, lood: 2, tekst: 1 });
    this.cases = file.situations && this.load(file.situations.index, { geval: 1, antwoord: 1 }, (text) => this.telling(text));
    for (const [, , , ...answers] of file.situations?.items || []) for (const a of answers) this.users[a] = (this.users[a] || 0) + 1;
  }

  private load(index: unknown, boost: Record<string, number>, tokenize = split): MiniSearch {
    return MiniSearch.loadJS(index as never, {
      fields: Object.keys(boost),
      tokenize,
      processTerm: (word) => this.says(word) && word,
      searchOptions: { boost, prefix: (word) => word.length > 2, combineWith: "AND" },
    });
  }

  /** The words of a situation, in which it matters that something is not so: that is one word, however it is said. */
  private telling(text: string): string[] {
    return split(text).map((word) => (this.file.denials.includes(word) ? this.file.denials[0] : word));
  }

  private says(word: string): boolean {
    return word.length > 1 && (word === this.file.denials[0] || !this.stop.has(word));
  }

  /** Fetches the index that the page names. */
  static async fetch(): Promise<Search> {
    const link = document.querySelector<HTMLLinkElement>("link[data-zoekindex]")!;
    const response = await fetch(link.href);
    if (!response.ok) throw new Error(response.statusText);
    // Scripts stand in a folder beside the pages.
    return new Search(await response.json(), new URL("..", import.meta.url).href);
  }

  /** Finds what has all words, or else all with a typing mistake, or else some of them; the best group first. Where there is
   * nothing, gives the word that is nearest to what was typed, or "". Situations come first where those are looked for. */
  find(words: string, situationsFirst = false): { groups: Group[]; near: string } {
    let results = this.mini.search(words);
    if (!results.length) results = this.mini.search(words, { fuzzy });
    if (!results.length) results = this.mini.search(words, { fuzzy, combineWith: "OR" });
    const typed = split(words).filter((w) => w.length > 2);
    const groups: Group[] = [];
    const decision = (r: { id: number }): boolean => this.file.items[r.id][0] === DECISIONS;
    const near = !results.some(decision);
    if (near) results = [...results, ...this.mini.search(words, { fuzzy, combineWith: "OR", filter: decision as never }).slice(0, MOST_NEAR)];
    for (const { id } of results) {
      const [kind, href, title, lead, phase, ...headings] = this.file.items[id];
      let group = groups.find((g) => g.kind === kind);
      if (!group) groups.push((group = { kind, found: [] }));
      if (group.found.length === MOST) continue;
      const found: Found = { href: this.root + href, title, lead, phase, headings: [] };
      for (let i = 0; i < headings.length && found.headings.length < MOST_HEADINGS; i += 2) {
        const own = split(headings[i + 1]);
        if (typed.some((word) => own.some((w) => w.startsWith(word)))) found.headings.push({ href: found.href + "#" + headings[i], text: headings[i + 1] });
      }
      group.found.push(found);
    }
    this.situations(words, groups, situationsFirst, near);
    return { groups, near: groups.length ? "" : this.near(words) };
  }

  /** Puts the situations among the groups: the nearest ones, by the words that stand in their name or in an answer. A word that
   * few situations have says more than one that many have, and what only one situation has, such as its story, as much as its
   * name. They stand behind the decisions, since an example may differ from what is looked for in just what matters; first only
   * where they are looked for, or where one has all of several words and no decision has them. near tells that the decisions have
   * only some. */
  private situations(words: string, groups: Group[], first: boolean, near: boolean): void {
    const all = this.file.situations;
    const typed = [...new Set(this.telling(words).filter((w) => this.says(w)))];
    if (!all || !typed.length) return;
    const met = new Float64Array(all.items.length); // how many words
    const score = new Float64Array(all.items.length);
    let known = 0;
    for (const word of typed) {
      const said = this.said(word);
      if (said.size) known++;
      const most = (answers: number[], own: boolean): number =>
        Math.max(0, ...answers.map((a) => ((this.users[a] === 1) === own && said.get(all.items.length + a)) || 0));
      const alone = all.items.map(([, , , ...answers], i) => Math.max(said.get(i) || 0, most(answers, true)));
      const shared = all.items.map(([, , , ...answers]) => ANSWER * most(answers, false));
      const [ofAlone, ofShared] = [alone, shared].map(rarity);
      alone.forEach((part, i) => {
        const best = Math.max(ofAlone * part, ofShared * shared[i]);
        score[i] += best;
        if (best) met[i]++;
      });
    }
    if (2 * known < typed.length) return;
    const part = all.items.map(([, decision]) => (all.parts?.includes(decision) ? PART : 1));
    met.forEach((words, i) => (score[i] *= part[i] * Math.sqrt(words / typed.length)));
    const enough = ENOUGH * Math.max(...score);
    const best = [...all.items.keys()].filter((i) => score[i] > enough).sort((a, b) => score[b] - score[a]);
    const of = new Map<number, number>();
    const sooner: number[] = [];
    const later: number[] = [];
    for (const i of best) {
      const nth = (of.get(all.items[i][1]) || 0) + 1;
      of.set(all.items[i][1], nth);
      (nth > MOST_OF_ONE ? later : sooner).push(i);
    }
    const found = [...sooner, ...later].slice(0, MOST_SITUATIONS).map((i) => {
      const [title, decision, verdict, ...answers] = all.items[i];
      const [href, of] = all.decisions[decision];
      const given = answers.map((a) => all.answers[a]);
      return { href: this.root + href + "#" + given.flatMap(([a]) => a || []).join("&"), title, of, verdict: all.verdicts[verdict], lead: given.flatMap(([, shown]) => shown || []).join("; "), phase: "", headings: [] };
    });
    const decisions = near ? -1 : groups.findIndex((g) => g.kind === DECISIONS);
    const concrete = typed.length > 1 && Math.max(...met) === typed.length;
    groups.splice(first ? 0 : decisions < 0 && !concrete ? 1 : decisions + 1, 0, { kind: SITUATIONS, found, more: best.length > MOST_SITUATIONS });
  }

  /** How well each name or answer says a word, or another form of it: at most 1, and less where it only looks like it. */
  private said(word: string): Map<number, number> {
    const out = new Map<number, number>();
    const say = (results: { id: number; score: number }[], most: number): void =>
      results.forEach(({ id, score }) => out.set(id, Math.max(out.get(id) || 0, most * (0.8 + (0.2 * score) / results[0].score))));
    say(this.cases!.search(word), 1);
    say(this.cases!.search(stem(word)), 0.9);
    if (!out.size) say(this.cases!.search(word, { fuzzy }), 0.7);
    return out;
  }

  private near(words: string): string {
    const [best] = this.mini.search(words, { fields: ["titel", "ook"], fuzzy: 0.4, prefix: false, combineWith: "OR" });
    return best ? best.terms[0] : "";
  }
}
