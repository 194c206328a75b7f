// <handvat-zoeken> searches everything on the site. What it searches with, and in, is fetched when a visitor first goes to
// the field. The words stand in the fragment of the address, so a link works and they never reach a server.

import type { Found, Search } from "./zoeker";

/** What the words in the address are for: everything, or a situation first. */
const NAMES = /^(zoek|situatie)=/;

class Finder extends HTMLElement {
  private field!: HTMLInputElement;
  private search: Promise<Search> | undefined;
  private name = "zoek";
  private shown = "";
  private telling = 0;

  connectedCallback(): void {
    this.field = this.querySelector("input")!;
    this.field.addEventListener("focus", () => this.fetch().catch(() => {})); // who types hears of it
    let timer = 0;
    this.field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => this.find(), 150);
    });
    this.querySelector("form")!.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(timer);
      this.find().then(() => this.querySelector<HTMLElement>("[data-deel=uit] section a")?.focus()); // where nothing is found he stays
    });
    this.addEventListener("keydown", (event) => this.walk(event));
    this.addEventListener("click", (event) => {
      const word = (event.target as HTMLElement).dataset.woord;
      if (word) {
        this.field.value = word;
        this.field.focus();
        this.find();
      }
    });
    addEventListener("hashchange", () => this.read());
    this.read();
  }

  private links(): HTMLAnchorElement[] {
    return [...this.piece("uit").querySelectorAll("a")];
  }

  private piece(name: string): HTMLElement {
    return this.querySelector<HTMLElement>(`[data-deel=${name}]`)!;
  }

  private template(name: string): DocumentFragment {
    return this.querySelector<HTMLTemplateElement>(`template[data-deel=${name}]`)!.content.cloneNode(true) as DocumentFragment;
  }

  private fetch(): Promise<Search> {
    return (this.search ||= import("./zoeker").then(({ Search }) => Search.fetch()));
  }

  /** Takes the words from the address. */
  private read(): void {
    const words = location.hash.slice(1);
    const named = NAMES.exec(words);
    if (!named) return;
    this.name = named[1];
    try {
      this.field.value = decodeURIComponent(words.slice(named[0].length));
    } catch {
      return; // not ours
    }
    this.find().then(() => this.scrollIntoView()); // what was looked for elsewhere is in sight
  }

  private async find(): Promise<void> {
    const words = this.field.value.trim();
    if (words === this.shown) return;
    this.shown = words;
    history.replaceState(history.state, "", words ? `#${this.name}=` + encodeURIComponent(words) : location.pathname + location.search);
    if (!words) return this.show(this.template("leeg"), "");
    let search: Search;
    try {
      search = await this.fetch();
    } catch {
      this.search = undefined; // the next word tries again
      this.shown = "";
      return this.show(this.template("fout"), "fout");
    }
    if (words !== this.shown) return;
    const { groups, near } = search.find(words, this.name === "situatie");
    if (!groups.length) {
      const none = this.template("niets");
      none.querySelector("b")!.textContent = words;
      const button = none.querySelector("button")!;
      if (near) button.textContent = button.dataset.woord = near;
      else button.parentElement!.remove();
      return this.show(none, "niets");
    }
    const out = document.createDocumentFragment();
    let count = 0;
    for (const { kind, found, more } of groups) {
      const group = this.template("groep");
      const cases = !!found[0].verdict;
      group.querySelector("h2")!.textContent = this.querySelector<HTMLElement>(`[data-soort="${kind}"]`)!.textContent;
      const [about, rest] = group.querySelectorAll("p");
      if (!cases) about.remove();
      if (!more) rest.remove();
      group.querySelector("ul")!.append(...found.map((f) => (cases ? this.situation(f) : this.item(f))));
      out.append(group);
      count += found.length;
    }
    this.show(out, count === 1 ? "een" : "aantal", count);
  }

  private item(found: Found): DocumentFragment {
    const item = this.template("resultaat");
    const [link, lead, phase, headings] = ["a", ".lood", ".zacht", "ul"].map((s) => item.querySelector<HTMLElement>(s)!);
    (link as HTMLAnchorElement).href = found.href;
    link.textContent = found.title;
    lead.textContent = found.lead;
    if (found.phase) phase.append(" " + found.phase);
    else phase.remove();
    for (const { href, text } of found.headings) {
      const a = document.createElement("a");
      a.href = href;
      a.textContent = text;
      const li = document.createElement("li");
      li.append(a);
      headings.append(li);
    }
    if (!found.headings.length) headings.remove();
    return item;
  }

  private situation(found: Found): DocumentFragment {
    const item = this.template("situatie");
    const link = item.querySelector("a")!;
    link.href = found.href;
    link.textContent = found.title;
    const [sign, word] = found.verdict!;
    item.querySelector(".o")!.classList.add(sign);
    item.querySelector("use")!.setAttribute("href", "#t-" + sign);
    item.querySelector(".woord")!.textContent = word;
    const [of, lead] = item.querySelectorAll(".zacht");
    of.append(" " + found.of);
    if (found.lead) lead.textContent = found.lead;
    else lead.remove();
    return item;
  }

  private show(what: DocumentFragment, message: string, count = 0): void {
    this.piece("uit").replaceChildren(what);
    const words = message && this.querySelector<HTMLElement>(`[data-bericht=${message}]`)!.textContent!;
    // Said when the visitor stops typing: a screen reader would tell it after every letter.
    clearTimeout(this.telling);
    this.telling = window.setTimeout(() => (this.piece("aantal").textContent = words.replace("{0}", String(count))), 500);
  }

  /** Arrows go from the field along the results and back, Escape to the field. */
  private walk(event: KeyboardEvent): void {
    const all: HTMLElement[] = [this.field, ...this.links()];
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Escape: at > 0 ? 0 : -1 }[event.key];
    if (at < 0 || to === undefined || !all[to]) return;
    event.preventDefault();
    all[to].focus();
  }
}

customElements.define("handvat-zoeken", Finder);
