// <handvat-deelwijzer> makes the table of who may share what with whom: for answers that the visitor chooses and others that
// are assumed, a verdict in every cell. All words come from the markup; README.md beside this file says which parts it needs.

import { Engine, load } from "../../ts/decision/engine";
import { Cell, Data, Given, Rooster, Rule, Rules } from "./rooster";

const UNKNOWN = "weet-niet";
/** What stands in the address beside answers. */
const COMPARE = "naast";
const CELL = "vakje";
const DATE = "datum";

/** A value of an axis. */
export interface Value {
  id: string;
  name: string;
  href: string;
  box: HTMLInputElement;
}

interface Axis {
  /** As the address and the form call it, and the fact. */
  name: string;
  fact: string;
  question: number;
  values: Value[];
}

/** Another answer that the table is held against. */
interface Other {
  question: number;
  value: number;
}

/** What the script that explains a cell needs of the page. */
export class Deelwijzer extends HTMLElement {
  engine!: Engine;
  rooster!: Rooster;
  selects = new Map<number, HTMLSelectElement>();
  columns!: Axis;
  rows!: Axis;
  other: Other | null = null;
  private texts = new Map<string, string>();
  private parts = new Map<string, HTMLElement>();
  private shown: { layout: string; cells: Map<string, [string, HTMLElement]> } = { layout: "", cells: new Map() };
  private signs: HTMLElement[] = [];
  /** The cell that is explained, by value of row and column. */
  private explained = "";
  /** The conditions that every open cell has: they stand above the table. */
  private common = "";
  /** What of the table is still to be made. */
  private steps: Generator<boolean> | undefined;
  /** For which day the table says to hold where nobody chose another one. */
  private today?: string;

  async connectedCallback(): Promise<void> {
    const link = document.querySelector<HTMLLinkElement>("link[data-module]");
    if (!link || this.engine) return;
    const response = await fetch(link.href).catch(() => null);
    if (!response?.ok) return this.remove();
    this.engine = await load(await response.arrayBuffer());
    this.takeOver();
  }

  private takeOver(): void {
    const template = (name: string): DocumentFragment => this.querySelector<HTMLTemplateElement>(`template[data-deel="${name}"]`)!.content;
    const data: Data = JSON.parse(template("gegevens").textContent!);
    for (const p of template("teksten").children) this.texts.set((p as HTMLElement).dataset.sleutel!, p.textContent!);
    this.signs = [...template("oordelen").children] as HTMLElement[];
    const assumed = new Map<number, number>();
    for (const s of this.querySelectorAll<HTMLSelectElement>("select[data-vraag]")) {
      this.selects.set(+s.dataset.vraag!, s);
      if (s.dataset.begin) assumed.set(+s.dataset.vraag!, s.options.length - 1);
    }
    const axis = (name: string, question: number): Axis => {
      const set = this.querySelector<HTMLElement>(`[data-as=${name}]`)!;
      const values = [...set.querySelectorAll("input")].map((box) => ({ id: box.value, name: box.parentElement!.textContent!.trim(), href: ".." + box.dataset.naar!, box })); // this page stands one folder below the root of the site
      return { name, fact: set.dataset.feit!, question, values };
    };
    this.columns = axis("ontvangers", data.columns);
    this.rows = axis("soorten", data.rows);
    const rules = new Map<number, Rules>();
    const stages = new Map<string, number>();
    for (const set of template("regels").querySelectorAll("section")) {
      const { trap, poort, feit } = set.dataset;
      const made: Rules = { rows: [], gate: poort ? (poort.split(".").map(Number) as [number, number]) : undefined };
      for (const p of set.querySelectorAll<HTMLElement>("p[data-rij]")) {
        const list = (name: string): string[] => (p.dataset[name] || "").split(" ").filter(Boolean);
        const rule: Rule = { level: +p.dataset.niveau!, gives: list("geeft"), via: list("via"), lock: (p.dataset.slot || "").split(":")[0], by: p.dataset.door || "", words: p };
        if (!p.dataset.rij) made.none = rule;
        for (const at of list("rij")) made.rows[+at.split(".")[1]] = rule;
      }
      rules.set(+trap!, made);
      if (feit) stages.set(feit, +trap!);
    }
    this.rooster = new Rooster(this.engine, data, rules, stages, assumed);
    const compare = this.piece("keuzes").querySelector<HTMLSelectElement>("#naast")!;
    for (const s of this.selects.values()) {
      const group = document.createElement("optgroup");
      group.label = this.question(s);
      for (const o of s.options) if (o.value && o.value !== UNKNOWN) group.append(new Option(o.text, s.name + "." + o.value));
      compare.append(group);
    }
    this.hidden = false;
    this.reset();
    this.read();
    this.addEventListener("change", (event) => {
      const target = event.target as HTMLSelectElement;
      if (target === compare) this.other = this.otherOf(compare.value);
      this.show("pushState");
    });
    this.piece("keuzes").addEventListener("submit", (event) => event.preventDefault());
    this.addEventListener("click", (event) => this.clicked(event.target as HTMLElement));
    this.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.explained) this.explain("", true);
    });
    addEventListener("popstate", () => {
      if (location.hash && !location.hash.includes("=")) return;
      this.reset();
      this.read();
      this.show();
    });
    addEventListener("beforeprint", () => {
      while (this.steps?.next().done === false);
      const said = [...this.selects.values()].filter((s) => s.dataset.begin).map((s) => element("li", "", element("span", "aannr", s.parentElement!.dataset.aanname!), " " + this.question(s) + " ", element("b", "", s.selectedOptions[0].text)));
      this.piece("papier").replaceChildren(...said);
    });
    // Where the browser kept answers in the form, those in the address count.
    this.show();
  }

  private otherOf(text: string): Other | null {
    const [name, id] = text.split(".");
    for (const [question, s] of this.selects) {
      const value = [...s.options].findIndex((o) => o.value && o.value === id);
      if (s.name === name && value >= 0) return { question, value: s.options[0].value ? value : value - 1 };
    }
    return null;
  }

  /** The answer that stands in a select, or -1. */
  value(question: number): number {
    const s = this.selects.get(question)!;
    return !s.value || s.value === UNKNOWN ? -1 : s.selectedIndex - (s.options[0].value ? 0 : 1);
  }

  given(other: Other | null = null): Given {
    const a = new Uint8Array(this.rooster.data.questions);
    for (const q of this.selects.keys()) a[q] = this.value(q) + 1;
    const { date, day } = this.rooster.data;
    if (date >= 0 && !this.selects.has(date)) a[date] = day;
    if (other) a[other.question] = other.value + 1;
    return a;
  }

  private reset(): void {
    for (const s of this.selects.values()) {
      const begin = s.dataset.begin;
      if (begin) s.selectedIndex = +begin < 0 ? s.options.length - 1 : +begin;
      else for (const o of s.options) if (o.defaultSelected || o.index === 0) s.selectedIndex = o.index;
    }
    for (const axis of [this.columns, this.rows]) for (const v of axis.values) v.box.checked = true;
    this.other = null;
    this.explained = "";
  }

  /** Reads the address; what it does not understand it names. */
  private read(): void {
    const unknown: string[] = [];
    for (const part of location.hash.slice(1).split("&")) {
      if (!part.includes("=")) continue;
      const [name, value] = part.split("=");
      const axis = [this.columns, this.rows].find((a) => a.name === name);
      const select = [...this.selects.values()].find((s) => s.name === name);
      if (axis) {
        const ids = value.split(".").filter(Boolean);
        for (const v of axis.values) v.box.checked = ids.includes(v.id);
        unknown.push(...ids.filter((id) => !axis.values.some((v) => v.id === id)));
      } else if (name === COMPARE && (this.other = this.otherOf(value))) continue;
      else if (name === CELL && /^[a-z0-9-]+\.[a-z0-9-]+$/.test(value)) this.explained = value;
      else if (select && name === DATE && /^\d{4}-\d\d-\d\d$/.test(value)) select.value = dayIn(select, value);
      else if (select && value && [...select.options].some((o) => o.value === value)) select.value = value;
      else if (name !== DATE) unknown.push(part);
    }
    this.say("bericht", unknown.length ? this.text("js-onbekend", unknown.join(", ")) : "");
    const s = this.other && this.selects.get(this.other.question)!;
    this.querySelector<HTMLSelectElement>("#naast")!.value = s ? s.name + "." + this.valueId(this.other!) : "";
  }

  valueId({ question, value }: Other): string {
    const s = this.selects.get(question)!;
    return s.options[value + (s.options[0].value ? 0 : 1)].value;
  }

  /** Writes what is not as it began. */
  address(change: Other | null = null, cell = this.explained): string {
    const parts: string[] = [];
    for (const [q, s] of this.selects) {
      const value = change?.question === q ? this.valueId(change) : s.value;
      const begin = s.dataset.begin && s.options[+s.dataset.begin < 0 ? s.options.length - 1 : +s.dataset.begin].value;
      if (s.name === DATE && asToday(s)) continue;
      if (value && value !== begin) parts.push(s.name + "=" + value);
    }
    for (const axis of [this.columns, this.rows]) {
      const on = axis.values.filter((v) => v.box.checked);
      if (on.length < axis.values.length) parts.push(axis.name + "=" + on.map((v) => v.id).join("."));
    }
    if (this.other) parts.push(COMPARE + "=" + this.selects.get(this.other.question)!.name + "." + this.valueId(this.other));
    if (cell) parts.push(CELL + "=" + cell);
    return "#" + parts.join("&");
  }

  /** Shows what is chosen. */
  private show(how?: "pushState" | "replaceState"): void {
    const ready = [...this.selects.values()].every((s) => s.value);
    hide(document.querySelector<HTMLElement>("[data-vaste]")!, ready);
    for (const name of ["tabel", "aannames"]) hide(this.piece(name), !ready);
    this.make(ready ? this.table() : undefined);
    // The address follows when the visitor sees the table: it takes browsers longer than all the rest.
    painted(() => {
      const address = this.address();
      if (how && address !== location.hash) history[how](null, "", location.pathname + location.search + address);
    });
  }

  /** Makes what the visitor sees at once and the rest in pieces, when that is painted: so he can go on meanwhile. */
  private make(steps?: Generator<boolean>): void {
    this.steps = steps;
    const grid = this.piece("rooster");
    grid.ariaBusy = steps ? "true" : null;
    const go = (seen = false): void => {
      if (!steps || this.steps !== steps) return;
      let next = steps.next();
      while (seen && next.value) next = steps.next();
      if (next.done) grid.ariaBusy = null;
      else if (seen) painted(go);
      else setTimeout(go);
    };
    go(true);
  }

  /** Says what the table is about. */
  private heading(): void {
    const named = (q: number): string => this.selects.get(q)!.selectedOptions[0].text;
    const frame = [...this.selects.keys()].filter((q) => !this.selects.get(q)!.dataset.begin);
    const chosen = (name: string): string => named(frame.find((q) => this.selects.get(q)!.name === name)!);
    this.say("kop", this.text("deel-kopregel", chosen("gever"), chosen("moment")));
    const days = this.selects.get(this.rooster.data.date);
    const then = days && !asToday(days) ? this.text("deel-geldt", days.selectedOptions[0].text) : "";
    this.say("waar", chosen("tafel") + ". " + chosen("over-wie") + "." + (then && " " + then));
    this.today ||= this.piece("geldt").textContent!;
    this.say("geldt", then || this.today);
  }

  /** Makes the table, piece by piece: yields before each of them whether the visitor sees it. Until it is made a row says
   * nothing, for what stood there does not hold any more. */
  private *table(): Generator<boolean, void> {
    // Who was in an explanation goes on in that of the same cell, or else at the button that opened it.
    const inside = !!document.activeElement?.closest(".uitlegrij");
    const grid = this.piece("rooster");
    // Before anything moves: how many rows begin above the bottom of the window.
    const above = (part: Element): boolean => part.getBoundingClientRect().top < innerHeight;
    const old = [...grid.querySelectorAll("tbody>tr:not(.uitlegrij)")];
    const near = above(grid) || !!this.explained;
    let seen = old.filter(above).length;
    yield above(this.piece("tabel"));
    this.heading();
    yield near;
    grid.classList.toggle("straks", !near);

    const sets = [this.given(), ...(this.other ? [this.given(this.other)] : [])];
    const excluded = sets.map((a) => this.rooster.excluded(a));
    const conflict = excluded.find((e) => e.conflict)?.conflict;
    const groups = (axis: Axis): number[][] => {
      const out = new Map<string, number[]>();
      axis.values.forEach((v, i) => {
        if (!v.box.checked) return;
        const fits = excluded.flatMap((e) => e.active.map((x) => x.d.every((d) => d.v !== axis.question || d.w.includes(i))));
        const key = v.box.dataset.klas + fits.join();
        out.set(key, [...(out.get(key) || []), i]);
      });
      return [...out.values()];
    };
    const rows = groups(this.rows);
    const columns = groups(this.columns);
    const empty = conflict ? this.text("deel-conflict") + " " + conflict : rows.length && columns.length ? "" : this.text("deel-niets");
    if (empty) {
      grid.replaceChildren(element("p", "let", empty));
      grid.classList.remove("straks");
      this.shown.layout = "";
      this.say("gewoon", (this.common = ""));
      this.say("verschil", "");
      return this.say("melding", empty);
    }
    const cells = rows.map((r) => columns.map((c) => sets.map((a) => this.rooster.cell(a, r[0], c[0]))));
    const open = cells.flat(2).filter((c) => c.possible && c.lo);
    const common = open.length ? open.reduce((all, c) => all.filter((x) => c.conditions.includes(x)), open[0].conditions) : [];
    if (this.common !== common.join()) {
      this.common = common.join();
      this.piece("gewoon").replaceChildren(...(common.length ? [element("p", "", this.text("deel-gewoon")), element("ul", "punten", ...common.map((c) => element("li", "", ...this.condition(c)[0])))] : []));
    }
    const all = cells.flat();
    const counts = new Map<number, number>();
    for (const [one] of all) if (one.possible) counts.set(one.lo, (counts.get(one.lo) || 0) + 1);
    const different = all.filter(([one, two]) => two && verdict(one) !== verdict(two)).length;
    const told = this.other ? this.text("deel-verschillen", different, all.length) : this.text("deel-telt", [...counts].sort().map(([l, n]) => this.text("deel-kort", n, this.signs[l].textContent!.trim())).join(", "));
    this.say("verschil", this.other ? told : "");
    yield near;

    const opener = this.close();
    if (inside && !this.explained) opener?.focus();
    this.frame(rows, columns);
    const trs = [...grid.querySelectorAll<HTMLTableRowElement>("tbody>tr")];
    const explained = this.rows.values.findIndex((v) => v.id === this.explained.split(".")[0]);
    seen = Math.max(old.length || !near ? seen : trs.length, 1 + rows.findIndex((group) => group.includes(explained)));
    for (const row of old) row.classList.remove("straks");
    trs[seen]?.classList.add("straks"); // and what comes after it
    grid.classList.remove("straks");
    for (const [i, row] of trs.entries()) {
      yield i < seen;
      cells[i].forEach((list, j) => {
        const key = i + "." + j;
        const says = JSON.stringify([list, common]);
        if (this.shown.cells.get(key)?.[0] === says) return;
        const td = row.cells[j + 1];
        this.fill(td, list, common, this.rows.values[rows[i][0]], this.columns.values[columns[j][0]], columns[j], rows[i]);
        this.shown.cells.set(key, [says, td]);
      });
      if (i >= seen) {
        row.classList.remove("straks");
        trs[i + 1]?.classList.add("straks");
      }
      if (rows[i].includes(explained)) this.explain(this.explained, inside);
    }
    yield false;
    this.assumptions(new Set(cells.flat(2).flatMap((c) => c.rests)));
    this.say("melding", told);
  }

  /** Makes rows and columns with their names, and cells for what they say; where they are as they were they stay. */
  private frame(rows: number[][], columns: number[][]): void {
    const layout = JSON.stringify([rows, columns, this.other]);
    if (layout === this.shown.layout) return;
    const head = element("tr", "", element("th", "", this.text("deel-gegeven")), ...columns.map((c) => element("th", "", ...this.names(this.columns, c))));
    head.querySelectorAll("th").forEach((th) => th.setAttribute("scope", "col"));
    const body = element("tbody");
    for (const r of rows) {
      const th = element("th", "", ...this.names(this.rows, r));
      th.setAttribute("scope", "row");
      body.append(element("tr", "", th, ...columns.map(() => element("td"))));
    }
    const table = element("table", "deeltabel", element("thead", "", head), body);
    table.setAttribute("aria-labelledby", "uitkomst");
    this.piece("rooster").replaceChildren(table);
    this.shown = { layout, cells: new Map() };
  }

  /** Puts the answers that can open a cell, or were changed, above the others. */
  private assumptions(matter: Set<number>): void {
    const up = this.piece("doorslag");
    const rest = this.piece("meer").querySelector("div")!;
    for (const [q, s] of this.selects) {
      if (!s.dataset.begin) continue;
      const begin = +s.dataset.begin < 0 ? s.options.length - 1 : +s.dataset.begin;
      const to = matter.has(q) || s.selectedIndex !== begin ? up : rest;
      const field = s.parentElement!;
      if (field.parentElement === to || field.contains(document.activeElement)) continue;
      const before = [...to.children].find((other) => +(other as HTMLElement).dataset.aanname! > +field.dataset.aanname!);
      to.insertBefore(field, before || null);
    }
    const { length } = rest.children;
    this.say("hoeveel", this.text(up.children.length ? "deel-andere-aannames" : "deel-aannames", length));
  }

  /** Fills a cell; with two verdicts, what differs between them is said. */
  private fill(td: HTMLElement, list: Cell[], common: string[], row: Value, column: Value, columns: number[], rows: number[]): void {
    const [one, two] = list;
    const head = element("span", "kolom", columns.map((c) => this.columns.values[c].name).join(", "));
    const words = element("div");
    const same = two && verdict(one) === verdict(two);
    const equal = same && JSON.stringify([one.hi, one.conditions, one.closed.map((c) => c.lock)]) === JSON.stringify([two.hi, two.conditions, two.closed.map((c) => c.lock)]);
    const apart = two && !equal;
    if (two) words.append(element("p", "verschil", this.text(equal ? "deel-zelfde" : !same ? "deel-anders-oordeel" : one.lo ? "deel-anders-eisen" : "deel-anders-reden")));
    for (const [i, cell] of (apart ? list : [one]).entries()) {
      if (!apart) words.append(...this.cellWords(cell, common));
      else {
        const of = i ? this.label(this.other!.question, this.other!.value) : this.selects.get(this.other!.question)!.selectedOptions[0].text;
        words.append(element("div", "naast " + colour(cell), element("p", "", of + ":"), ...this.cellWords(cell, common)));
      }
    }
    td.className = (apart ? "" : colour(one)) + (two && !same ? " anders" : "");
    if (one.possible || two?.possible) {
      // The table says for whom a column is; a button by itself needs enough of it to be told apart.
      const first = (names: string[]): string => (names[1] ? this.text("deel-en-andere", names[0], names.length - 1) : names[0]);
      const about = [rows.map((r) => this.rows.values[r].name), columns.map((c) => this.columns.values[c].name)].map(first).join(": ");
      const why = element("button", "tekstknop waarom-knop", this.text("waarom") + "?", element("span", "weg", " " + about)) as HTMLButtonElement;
      why.type = "button";
      why.dataset.vakje = row.id + "." + column.id;
      why.setAttribute("aria-expanded", "false");
      words.append(why);
    }
    td.replaceChildren(head, words);
  }

  /** What one verdict says in its cell; generator/site/sharing.go says the same. */
  private cellWords(c: Cell, common: string[]): HTMLElement[] {
    if (!c.possible) return [element("p", "noot", this.text("deel-komt-niet-voor"))];
    const out = [this.sign(c.lo)];
    const add = (text: string, name = ""): void => void out.push(element("p", name, text));
    const numbers = c.rests.map((q) => this.number(q));
    const list = numbers.length < 2 ? numbers.join("") : numbers.slice(0, -1).join(", ") + " " + this.text("deel-of") + " " + numbers[numbers.length - 1];
    if (c.closed.length) add(this.text("deel-dicht") + " " + c.closed.map((x) => lower(x.lock || this.text("deel-geen-grond"))).join(", "));
    if (c.lo) {
      if (c.duty) add(this.text(c.duty > 1 ? "deel-plicht-moet" : "deel-plicht-moet-tenzij"));
      for (const by of c.by) add(by);
      const asks = c.conditions.filter((x) => !common.includes(x));
      for (const x of asks) out.push(element("p", "", ...this.condition(x)[0]));
      if (!asks.length) add(this.text("deel-onder-gewoon"));
      if (c.decided) add(this.text("deel-zolang"), "noot");
    } else if (c.hi) add(this.text("deel-hangt-af") + " " + list, "noot");
    else if (list) add(this.text("deel-opent") + " " + list, "noot");
    else add(this.text(c.never ? "deel-nooit" : "deel-samen"), "noot");
    return out;
  }

  private clicked(target: HTMLElement): void {
    const doing = target.dataset.doe;
    const why = target.closest<HTMLElement>("[data-vakje]");
    if (why) {
      const open = why.getAttribute("aria-expanded") === "true";
      this.explain(open ? "" : why.dataset.vakje!, true);
    } else if (doing === "sluit") this.explain("", true);
    else if (doing === "alles") {
      for (const axis of [this.columns, this.rows]) for (const v of axis.values) v.box.checked = true;
      this.show("pushState");
    } else if (doing === "geen") {
      for (const box of target.closest("fieldset")!.querySelectorAll("input")) box.checked = false;
      this.show("pushState");
    } else if (doing === "afdrukken") print();
    else if (doing === "link")
      navigator.clipboard.writeText(location.href).then(
        () => this.say("kopie", this.text("js-gekopieerd")),
        () => this.say("kopie", this.text("js-niet-gekopieerd")),
      );
  }

  private button(cell: string): HTMLElement | undefined {
    const [row, column] = cell.split(".");
    const of = (axis: Axis, id: string): number => axis.values.findIndex((v) => v.id === id);
    const { rows, columns } = { rows: of(this.rows, row), columns: of(this.columns, column) };
    // A cell stands for all values of its row and column.
    const layout: number[][][] = this.shown.layout ? JSON.parse(this.shown.layout) : [[], []];
    const i = layout[0].findIndex((g) => g.includes(rows));
    const j = layout[1].findIndex((g) => g.includes(columns));
    return this.shown.cells.get(i + "." + j)?.[1].querySelector<HTMLElement>("[data-vakje]") || undefined;
  }

  private close(): HTMLElement | null {
    const row = this.piece("rooster").querySelector(".uitlegrij");
    const button = this.piece("rooster").querySelector<HTMLElement>("[aria-expanded=true]");
    button?.setAttribute("aria-expanded", "false");
    row?.remove();
    return button;
  }

  /** Explains a cell below its row, or closes what was explained; go tells that the visitor asked for it. */
  private async explain(cell: string, go: boolean): Promise<void> {
    const before = this.close();
    const changed = this.explained !== cell;
    this.explained = cell;
    if (go && changed) history.pushState(null, "", location.pathname + location.search + this.address());
    if (!cell) return before?.focus();
    const button = this.button(cell);
    if (!button) return;
    const { vakje } = await import("./vakje");
    if (this.explained !== cell || !button.isConnected) return;
    this.close();
    button.setAttribute("aria-expanded", "true");
    const tr = button.closest("tr")!;
    const [row, column] = cell.split(".");
    const of = (axis: Axis, id: string): number => axis.values.findIndex((v) => v.id === id);
    const title = tr.cells[0].textContent + ": " + button.closest("td")!.querySelector(".kolom")!.textContent;
    const td = element("td", "", ...vakje(this, of(this.rows, row), of(this.columns, column), title)) as HTMLTableCellElement;
    td.colSpan = tr.cells.length;
    tr.after(element("tr", "uitlegrij", td));
    const heading = td.querySelector<HTMLElement>("h3")!;
    if (go) heading.focus();
  }

  /** The words of a condition, and how to see to it. */
  condition(id: string): [Node[], Node[]] {
    const p = this.querySelector<HTMLTemplateElement>("template[data-deel=voorwaarden]")!.content.querySelector(`[data-naam="${id}"]`)!;
    return [[...p.querySelector("span")!.cloneNode(true).childNodes], [...(p.querySelector("i")?.cloneNode(true).childNodes || [])]];
  }

  sign(level: number): HTMLElement {
    return this.signs[level].cloneNode(true) as HTMLElement;
  }

  question(s: HTMLSelectElement): string {
    return [...s.labels![0].childNodes].filter((n) => n.nodeType === 3).map((n) => n.textContent).join("").trim();
  }

  label(question: number, value: number): string {
    const s = this.selects.get(question)!;
    return s.options[value + (s.options[0].value ? 0 : 1)].text;
  }

  number(question: number): string {
    return this.selects.get(question)!.parentElement!.dataset.aanname!;
  }

  private names(axis: Axis, group: number[]): Node[] {
    return group.flatMap((i, n) => {
      const a = element("a", "", axis.values[i].name) as HTMLAnchorElement;
      a.href = axis.values[i].href;
      return n ? [document.createTextNode(", "), a] : [a];
    });
  }

  private piece(name: string): HTMLElement {
    let part = this.parts.get(name);
    if (!part) this.parts.set(name, (part = this.querySelector<HTMLElement>(`:not(template)[data-deel="${name}"]`)!));
    return part;
  }

  private say(name: string, text: string): void {
    const part = this.piece(name);
    if (part.textContent !== text) part.textContent = text;
  }

  text(key: string, ...values: (string | number)[]): string {
    return this.texts.get(key)!.replace(/\{(\d)\}/g, (_, i) => "" + values[i]);
  }

  element = element;
}

/** Does something when the visitor sees what there is now. */
function painted(then: () => void): void {
  requestAnimationFrame(() => setTimeout(then));
}

/** Browsers look anew at what is hidden once more. */
function hide(part: HTMLElement, hidden: boolean): void {
  if (part.hidden !== hidden) part.hidden = hidden;
}

/** Whether the date is the one that answers are for where nobody chose. */
const asToday = (s: HTMLSelectElement): boolean => s.selectedOptions[0].defaultSelected;

/** The option of the interval that a day is in: they stand from old to new, each with its first day, the oldest with its last. */
const dayIn = (s: HTMLSelectElement, day: string): string => [...s.options].filter((o, i) => !i || o.value <= day).pop()!.value;

const colour = (c: Cell): string => (c.possible ? ["niet", "eigen", "mits", "mag"][c.lo] : "");

/** What a verdict comes down to. */
function verdict(c: Cell): string {
  return [c.possible, c.lo, c.duty].join();
}

function lower(s: string): string {
  return s[1] === s[1].toUpperCase() ? s : s[0].toLowerCase() + s.slice(1);
}

function element(name: string, className = "", ...parts: (string | Node)[]): HTMLElement {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...parts);
  return made;
}

customElements.define("handvat-deelwijzer", Deelwijzer);
