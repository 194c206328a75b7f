// Finds items in the index that generator/search wrote, with MiniSearch. Words are folded as Fold and Words do there.

import MiniSearch from "../../vendor/minisearch/index.js";

/** One result. Addresses are complete. */
export interface Found {
  href: string;
  title: string;
  lead: string;
  phase: string;
  headings: { href: string; text: string }[];
}

export interface Group {
  kind: string;
  found: Found[];
}

/** An item of the index: kind, address, title, lead, phase, and per heading its anchor and text. */
type Item = [string, string, string, string, string, ...string[]];

export interface IndexFile {
  index: unknown;
  stop: string[];
  items: Item[];
}

/** No more results than this are shown of one kind, and of one result no more headings. */
const MOST = 8;
const MOST_HEADINGS = 3;

export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();
}

export class Search {
  private mini: MiniSearch;
  private items: Item[];

  constructor(file: IndexFile, private root: string) {
    const stop = new Set(file.stop);
    this.items = file.items;
    this.mini = MiniSearch.loadJS(file.index as never, {
      fields: ["titel", "ook", "koppen", "lood", "tekst"],
      tokenize: (text) => fold(text).split(/[^a-z0-9]+/),
      processTerm: (word) => word.length > 1 && !stop.has(word) && word,
      searchOptions: {
        boost: { titel: 8, ook: 8, koppen: 3, lood: 2 },
        prefix: (word) => word.length > 2,
        combineWith: "AND",
      },
    });
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
   * nothing, gives the word that is nearest to what was typed, or "". */
  find(words: string): { groups: Group[]; near: string } {
    const fuzzy = (word: string): number | false => word.length > 3 && 0.2;
    let results = this.mini.search(words);
    if (!results.length) results = this.mini.search(words, { fuzzy });
    if (!results.length) results = this.mini.search(words, { fuzzy, combineWith: "OR" });
    const typed = fold(words).split(/[^a-z0-9]+/).filter((w) => w.length > 2);
    const groups: Group[] = [];
    for (const { id } of results) {
      const [kind, href, title, lead, phase, ...headings] = this.items[id];
      let group = groups.find((g) => g.kind === kind);
      if (!group) groups.push((group = { kind, found: [] }));
      if (group.found.length === MOST) continue;
      const found: Found = { href: this.root + href, title, lead, phase, headings: [] };
      for (let i = 0; i < headings.length && found.headings.length < MOST_HEADINGS; i += 2) {
        const own = fold(headings[i + 1]).split(/[^a-z0-9]+/);
        if (typed.some((word) => own.some((w) => w.startsWith(word)))) found.headings.push({ href: found.href + "#" + headings[i], text: headings[i + 1] });
      }
      group.found.push(found);
    }
    return { groups, near: groups.length ? "" : this.near(words) };
  }

  private near(words: string): string {
    const [best] = this.mini.search(words, { fields: ["titel", "ook"], fuzzy: 0.4, prefix: false, combineWith: "OR" });
    return best ? best.terms[0] : "";
  }
}
