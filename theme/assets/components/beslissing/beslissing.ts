// <handvat-beslissing> takes over a decision that already works without scripts: one question at a time, what is still
// possible, and the outcome. All words come from the markup; README.md beside this file says which parts it needs.

import { Engine, StageResult, has, load } from "../../ts/decision/engine";
import { section } from "../../ts/decision/module";
import { fetchRules } from "../../ts/decision/rules";
import { Answers, OPEN, OUTLINE, Place, SECTION, Walk } from "../../ts/decision/walk";
import { Name, State, ask as askHelp, back as wayBack, empty, read, write } from "./fragment";
import type { Page, Uitleg } from "./uitleg";

/** What a state of the answers comes to. */
interface View {
  state: State;
  /** With the interval of the date. */
  answers: Answers;
  /** Where the answers lead, and what is shown: another place where an answer is being changed. */
  given: Place;
  place: Place;
  /** Something was answered before what is shown. */
  begun: boolean;
  /** Questions of which the answer no longer matters. */
  dropped: string[];
}

/** A question, made. */
interface Turn {
  view: View;
  part: HTMLElement;
  heading: HTMLElement;
}

class Decision extends HTMLElement implements Page {
  readonly has = has;
  walk!: Walk;
  private engine!: Engine;
  private names: Name[] = [];
  private state!: State;
  private parts = new Map<string, Element>();
  private templates = new Map<number, HTMLTemplateElement>();
  private outcomeTexts = new Map<HTMLElement, HTMLElement>();
  private listed?: HTMLElement[];
  private dates: string[][] = [];
  private pageTitle = document.title;
  private shownDate = this.dataset.datum!;
  private asking: boolean | null = null;
  /** The questions that are not counted, since the visitor did not meet them one by one. */
  private prior = new Set<number>();
  /** The visitor came in at an outcome. */
  private came?: boolean;
  private usual: Answers = new Map();
  /** What comes after the answer that is chosen and not yet sent. */
  private next: Turn | null = null;
  private offered = -1; // the question at which the usual answers were offered
  /** What was still possible when the visitor last heard of it. */
  private told = "";
  private uitleg?: Uitleg;
  private fetching?: Promise<void>;
  private module?: string;

  async connectedCallback(): Promise<void> {
    const link = document.querySelector<HTMLLinkElement>("link[data-module]");
    if (!link || this.module) return;
    this.module = link.href;
    const ahead = location.hash.includes("=") && this.fetchUitleg().catch(() => {});
    const response = await fetch(this.module);
    if (!response.ok) return;
    this.engine = await load(await response.arrayBuffer());
    const section = this.engine.section(SECTION);
    if (!section) return;
    this.walk = new Walk(section);
    await ahead;
    await new Promise((then) => setTimeout(then)); // a visitor who scrolls meanwhile need not wait for both
    this.takeOver();
  }

  /** Fetches what explains an end, with the rules in it. */
  private fetchUitleg(): Promise<void> {
    if (this.fetching) return this.fetching;
    const link = document.querySelector<HTMLLinkElement>("link[data-situaties]");
    const situations = link && fetch(link.href).then((response) => (response.ok ? response.arrayBuffer() : Promise.reject()));
    const rules = fetchRules((this.piece("regels") as HTMLAnchorElement).href, this.module!);
    const fetched = Promise.all([import("./uitleg"), rules, situations]).then(([{ Uitleg }, book, bytes]) => {
      const found = bytes && section(new Uint8Array(bytes), OUTLINE);
      this.uitleg = new Uitleg(this, book, found && new Walk(found));
    });
    fetched.catch(() => {}); // told at the end that asks for it
    return (this.fetching = fetched);
  }

  /** Does something with what explains: now, or when it is there and the visitor still is. Until then nothing can be taken
   * along, and where it fails the visitor is told: a verdict without its conditions is half a verdict. */
  private explained(inside: HTMLElement, how: (uitleg: Uitleg) => void): void {
    const mee = this.piece("mee");
    const explain = (): void => {
      how(this.uitleg!);
      mee.hidden = false;
    };
    mee.hidden = true;
    if (this.uitleg) return explain();
    this.fetchUitleg()
      .then(() => inside.isConnected && explain())
      .catch(() => {
        inside.append(this.template("stuk"));
        inside.querySelector("button")!.onclick = () => location.reload();
      });
  }

  get ordered(): boolean {
    return this.dataset.soort === "mag";
  }

  get dateFact(): number {
    return +(this.dataset.datumfeit || -1);
  }

  get fixed(): number[] {
    return [...this.querySelectorAll<HTMLElement>("template[data-vast]")].map((t) => +t.dataset.vraag!);
  }

  link(change: Answers): string {
    return write(this.names, { ...this.state, answers: new Map([...this.state.answers, ...change]) });
  }

  ask(question: number): string {
    return write(this.names, this.state, question);
  }

  found(answers: Answers): StageResult[] {
    return this.check(this.walk.follow(answers), answers);
  }

  private takeOver(): void {
    for (const t of this.querySelectorAll<HTMLTemplateElement>("template[data-vraag]")) {
      const values = new Map<string, number>();
      for (const input of t.content.querySelectorAll("input")) values.set(input.dataset.waarde!, +input.value);
      this.templates.set(+t.dataset.vraag!, t);
      if (t.dataset.gewoon) this.usual.set(+t.dataset.vraag!, +t.dataset.gewoon);
      this.names.push({ question: +t.dataset.vraag!, fact: t.dataset.feit!, values });
    }
    for (const li of this.outcomes()) this.outcomeTexts.set(li, li.querySelector("p")!.cloneNode(true) as HTMLElement);
    this.dates = (this.dataset.datums || "").split(" ").map((d) => d.split("/"));
    for (const plain of this.querySelectorAll<HTMLElement>("[data-deel=anderedatum],[data-deel^=vastleggen]")) plain.hidden = true;
    const day: HTMLElement | null = this.piece("datum");
    day?.querySelector("form")!.addEventListener("submit", (event) => {
      event.preventDefault();
      this.go(this.state.answers, day.querySelector("input")!.value);
    });
    this.piece("opnieuw").addEventListener("click", (event) => {
      event.preventDefault();
      this.go(new Map(), "");
    });
    // Fetched when the visitor comes near, so that a click can still be answered at once: copying asks for that.
    for (const near of ["pointerover", "focusin", "click"]) this.piece("mee").addEventListener(near, (event) => import("./meenemen").then(({ take }) => take(this, event)));
    addEventListener("popstate", () => {
      const state = this.address();
      if (!state) return;
      this.state = state;
      this.show(true);
    });
    this.state = this.address() || empty();
    this.prior = new Set(this.state.answers.keys()); // given elsewhere
    this.show(location.hash.includes("="));
  }

  private address(): State | null {
    const helps = [...this.querySelectorAll<HTMLElement>("template[data-hulp]")];
    return read(location.hash, this.names, new Map(helps.map((t) => [t.dataset.hulp!, (t.dataset.deelt || "").split(" ")])));
  }

  /** Goes to answers, as a new place in the visitor's history. */
  private go(answers: Answers, date: string, change = -1): void {
    this.state = { ...empty(this.state.help), answers, date, change };
    this.show(true, "pushState");
  }

  private day(state: State): string {
    return state.date || this.dataset.datum!;
  }

  /** Finds what a state comes to, and takes out of it the answers that no longer matter. */
  private view(state: State): View {
    const answers = new Map(state.answers);
    if (this.dateFact >= 0) answers.set(this.dateFact, this.interval(this.day(state)));
    const given = this.walk.follow(answers);

    // Those before the question that comes now, and not asked on the way to it. Beside an answer that stays open they may
    // matter, once that is given.
    const dropped: string[] = [];
    const unsure = given.passed.some((p) => answers.get(p.question) === OPEN);
    for (const question of state.answers.keys()) {
      const asked = given.passed.some((p) => p.question === question);
      if (asked || unsure || (given.question >= 0 && question >= given.question)) continue;
      state.answers.delete(question);
      if (state.help?.kept.has(this.names.find((n) => n.question === question)!.fact)) continue; // asked elsewhere
      dropped.push(this.question(question));
    }
    let place = given;
    if (given.passed.some((p) => p.question === state.change)) {
      place = this.walk.follow(new Map([...answers].filter(([q]) => q < state.change)));
      place.question = state.change;
    }
    const begun = place.passed.some((p) => p.question !== this.dateFact);
    return { state, answers, given, place, begun, dropped };
  }

  /** Shows a state, or the question that was made ready for it. What a visitor sees first comes first; the rest follows when
   * that is painted. */
  private show(focus: boolean, how?: "pushState" | "replaceState", ready?: Turn): void {
    const view = ready?.view || this.view(this.state);
    const { state, place, begun } = view;
    if (view.dropped.length) how ||= "replaceState";
    const asking = place.question >= 0;
    const entering = this.asking === null;
    const main = this.piece("hoofd");
    this.next = null;
    const turn = ready || (asking ? this.turn(view) : null);
    // It lies over the question before it until that is painted: when that one goes, all that stands below moves.
    if (ready) ready.part.classList.add("boven");
    else {
      this.around(view);
      main.replaceChildren(turn ? turn.part : "");
    }
    const heading = turn ? turn.heading : this.end(main, place, view.answers);
    const title = (begun && heading ? heading.textContent + " – " : "") + this.pageTitle;
    const address = location.pathname + location.search + write(this.names, state, state.change);
    painted(() => {
      if (state === this.state) {
        if (ready) {
          main.firstChild!.remove();
          ready.part.className = "beurt";
          ready.part.inert = false;
          this.around(view);
          main.scrollIntoView();
          heading!.focus({ preventScroll: true });
        }
        this.beside(view);
      }
      if (how) history[how](null, "", address);
      document.title = title;
      if (how) this.fetchUitleg(); // the visitor answers, so an end will come
    });
    if (!focus || !heading) return;
    if (!ready) heading.focus({ preventScroll: !entering });
    if (entering) return; // who to call in danger stands in sight before the first question
    // At the top of the screen stands what is new: the question with how far along it is, or the outcome; above them only what
    // the visitor must not miss.
    const top = state.unknown.length ? "bericht" : state.help && !asking ? "hulp" : heading.closest("[data-deel=oordeel]") ? "oordeel" : "hoofd";
    this.piece(top).scrollIntoView();
  }

  /** Brings what stands above the question or the outcome up to date, and the order of what stands beside it. */
  private around({ state, place, begun }: View): void {
    const asking = place.question >= 0;
    this.piece("bericht").textContent = state.unknown.length ? this.text("onbekend", state.unknown.join(", ")) : "";
    this.piece("opening").hidden = begun || !asking;
    this.piece("onderwerp").hidden = !this.piece("opening").hidden;
    this.piece("oordeel").hidden = true;
    // Who comes from elsewhere may take another's outcome for his, as long as answers stay that he never gave.
    if (this.asking === null || !state.answers.size) this.came = !asking;
    this.piece("welke").hidden = asking || !this.came || ![...this.prior].some((q) => state.answers.has(q));
    this.helping(asking ? 0 : this.walk.possible(place.nodes));
    if (asking === this.asking) return;
    this.asking = asking;
    this.piece("nog").hidden = !asking;
    this.piece("kortzeker").hidden = asking;
    if (asking) this.piece("mee").hidden = true;
    const order = asking ? ["nog", "antwoorden", "zeker", "mee"] : ["zeker", "mee", "antwoorden", "nog"];
    this.piece("zeker").parentElement!.append(...order.map((name) => this.piece(name)));
  }

  /** Brings what stands beside the question or the outcome up to date: the answers, what is still possible, the date. */
  private beside(view: View): void {
    const { state, answers, place, begun, dropped } = view;
    this.piece("vervallen").textContent = dropped.length ? this.text("vervallen", dropped.join(" ")) : "";
    this.certainty(this.day(state));
    this.given(answers, view.given);
    this.piece("melding").textContent = "";
    if (place.question < 0) return;
    const possible = this.walk.possible(place.nodes);
    for (const li of this.outcomes()) {
      const open = (possible >> +li.dataset.uitkomst!) & 1;
      if (li.classList.contains("af") !== !!open) continue;
      li.classList.toggle("af", !open);
      li.querySelector("p")!.replaceChildren(...(open ? this.textOf(li) : [this.text("valt-af")]));
    }
    // Heard once, when less is possible or more: not at every question, and never at an outcome.
    const told = this.text("kan-nog") + " " + this.verdicts(possible).map((o) => o.textContent!.trim()).join(", ");
    if (begun && told !== this.told) this.piece("melding").textContent = told;
    this.told = told;
  }

  /** Where this helps with a question elsewhere: says so, with the way back; with the answer, where all outcomes that are
   * possible at the end give the same. */
  private helping(outcomes: number): void {
    const box = this.piece("hulp");
    const help = this.state.help;
    if ((box.hidden = !help)) return;
    const template = this.querySelector<HTMLTemplateElement>(`template[data-hulp="${help!.for}"]`)!;
    const part = template.content.cloneNode(true) as DocumentFragment;
    const shared = template.dataset.deelt!.split(" ");
    const found = new Map<string, HTMLElement | null>();
    for (let o = 0; outcomes >> o; o++) {
      if (!((outcomes >> o) & 1)) continue;
      const gives = part.querySelector<HTMLElement>(`[data-bij="${o}"]`);
      found.set(gives ? gives.dataset.waarde! : "", gives);
    }
    const [value, gives] = found.size === 1 ? [...found][0] : ["", null];
    const [back, on] = part.querySelectorAll<HTMLAnchorElement>("a");
    extend(back, wayBack(this.names, this.state, shared));
    extend(on, wayBack(this.names, this.state, shared, value));
    if (gives) on.after(" ", gives);
    else on.parentElement!.remove();
    for (const other of part.querySelectorAll("[data-bij]")) if (other !== gives) other.remove();
    box.replaceChildren(part);
  }

  /** Makes a question; answered is the one that the visitor answered last, if it is not counted yet. */
  private turn(view: View, answered = -1): Turn {
    const { state, place } = view;
    const part = document.createElement("div");
    part.className = "beurt";
    part.append(this.template("vraag"));
    const form = part.querySelector("form")!;
    const set = this.asked(place.question).cloneNode(true) as DocumentFragment;
    for (const input of set.querySelectorAll("input")) {
      const value = +input.value;
      if (value !== OPEN && !place.values.includes(value)) input.closest("label")!.remove();
      else input.checked = state.answers.get(place.question) === value;
    }
    for (const group of set.querySelectorAll(".rubriek")) group.querySelector("details")!.open = !!group.querySelector(":checked");
    const wrong = form.querySelector(".fout")!;
    form.insertBefore(set, form.firstChild);
    form.querySelector("legend")!.after(wrong);

    const done = place.passed.filter((p) => p.question !== this.dateFact);
    const step = done.filter((p) => p.question === answered || !this.prior.has(p.question)).length;
    const back = part.querySelector<HTMLAnchorElement>("[data-deel=terug]")!;
    if (done.length) back.href = write(this.names, state, done[done.length - 1].question);
    else back.remove();

    const help = part.querySelector<HTMLAnchorElement>("[data-deel=hulpvraag]");
    if (help && state.help) help.parentElement!.remove(); // one at a time
    else if (help) extend(help, askHelp(this.names, state, this.dataset.id!, this.names.find((n) => n.question === place.question)!.fact));

    const { fewest, most } = this.walk.ahead(place.nodes);
    const [least, last] = [Math.max(0, fewest - 1), most - 1];
    const left = !last ? "laatste" : last - least > 6 ? "veel" : least === last ? "nog" : least ? "nog-tussen" : "hoogstens";
    const far = part.querySelector(".voortgang b")!;
    far.textContent = this.text("vraag", step + 1);
    far.after(this.text(left, last, least));
    const dots = part.querySelector(".knopen")!;
    const past = Math.min(step, 8);
    for (let i = 0; i <= past + Math.min(last, 5); i++) {
      const dot = document.createElement("i");
      dot.className = i < past ? "" : i > past ? "straks" : "nu";
      dots.append(dot);
    }

    const short = part.querySelector(".kortweg")!;
    const possible = this.verdicts(this.walk.possible(place.nodes));
    short.append(this.text("kan-nog") + " ", ...possible.flatMap((o) => [o, " "]));
    if (possible.length === this.outcomes().length) short.remove(); // nothing to tell yet

    const answer = (value: number): State => ({ ...empty(state.help), answers: new Map(state.answers).set(place.question, value), date: state.date });
    form.addEventListener("change", (event) => {
      const input = event.target as HTMLInputElement;
      input.parentElement!.scrollIntoView({ block: "nearest" }); // at once, with the way on that comes to lie over the bottom
      // While the visitor looks at the answer he chose, the question after it is made and laid out, out of sight.
      painted(() => {
        if (!form.isConnected || !input.checked) return;
        this.next?.part.remove();
        const then = this.view(answer(+input.value));
        this.next = then.place.question < 0 ? null : this.turn(then, place.question);
        if (!this.next) return;
        const { part } = this.next;
        part.classList.add("straks");
        part.inert = true;
        this.piece("hoofd").append(part);
      });
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const chosen = form.querySelector<HTMLInputElement>("input:checked");
      if (!chosen) {
        wrong.textContent = this.text("kies");
        for (const first of ["input", ".rubriek summary"]) form.querySelector<HTMLElement>(first)?.focus(); // what is not shown cannot have it
        return;
      }
      this.prior.delete(place.question);
      const ready = this.next?.view.state.answers.get(place.question) === +chosen.value ? this.next! : undefined;
      this.state = ready?.view.state || answer(+chosen.value);
      this.show(true, "pushState", ready);
    });
    if (place.question !== state.change) this.offerUsual(form, view);
    const [heading] = [...part.querySelectorAll<HTMLElement>(".gewoon > h2, legend > *")].map((h) => (view.begun ? rename(h, "h1") : h));
    return { view, part, heading };
  }

  /** Offers the usual answers to this question and to those that may come, where there are two or more: to be confirmed at
   * once, or else to be given one by one. It does so in one place: who went on from there answers one by one. */
  private offerUsual(form: HTMLElement, { state, place, answers }: View): void {
    if (!this.usual.has(place.question) || (this.offered >= 0 && this.offered !== place.question)) return;
    const coming = this.walk.coming(place.nodes, new Map([...this.usual, ...answers])).filter((q) => this.usual.has(q) && !answers.has(q));
    if (coming.length < 2) return;
    const part = this.template("gewoon").firstElementChild!;
    const confirmed = new Map(state.answers);
    for (const question of coming) confirmed.set(question, this.usual.get(question)!);
    for (const said of part.querySelectorAll("li")) if (!coming.includes(+said.dataset.bij!)) said.remove();
    const [yes, no] = part.querySelectorAll("button");
    yes.onclick = () => {
      this.offered = place.question;
      for (const question of coming.slice(1)) this.prior.add(question); // confirmed at once they count as one
      this.go(confirmed, state.date);
    };
    no.onclick = () => {
      this.offered = place.question;
      part.remove();
      form.querySelector<HTMLElement>("legend > *")!.focus();
    };
    form.before(part);
  }

  /** Shows where the answers end, and gives its heading. */
  private end(main: HTMLElement, place: Place, answers: Answers): HTMLElement | null {
    const possible = this.walk.possible(place.nodes);
    const found = this.check(place, answers);
    if (place.nodes.length > 1) return this.undecided(main, possible, place, answers);

    const { outcome, duty } = this.walk.nodes[place.nodes[0]];
    const verdict = this.piece("oordeel");
    const panel = this.panel(outcome);
    if (duty) {
      // Who may and must reads first that he must; who weighs, that more is asked than a free choice.
      const words = [...this.template("plichten").children]; // two for each duty, and what stands beside the first
      const lead = panel.querySelector(".lood")!;
      if (this.ordered && outcome > 1) {
        panel.querySelector(".woord")!.textContent = words[duty - 1].textContent;
        lead.prepend(words[2], " ");
      } else if (this.ordered) lead.append(" ", words[duty + 2]);
      else lead.append(" ", words[duty - 1], ".");
    }
    verdict.replaceChildren(panel);
    verdict.hidden = false;
    const inside = document.createElement("div");
    inside.className = "inhoud ruim";
    main.append(inside);
    this.explained(inside, (uitleg) => {
      const named = uitleg.rules(inside, found, outcome);
      panel.append(...uitleg.reason(inside, outcome > 1 && !duty), ...uitleg.deciders(inside));
      uitleg.record(inside, this.querySelector(`[data-deel=vastleggen${this.ordered && !outcome ? "nee" : ""}]`));
      uitleg.answers(inside, this.onWay(place, answers), named);
    });
    return rename(verdict.querySelector<HTMLElement>(".woord")!, "h1");
  }

  /** Asks the module, which must find possible what the walk ends at; where that is one end, it must find that one only. */
  private check(place: Place, answers: Answers): StageResult[] {
    const count = Math.max(...this.names.map((n) => n.question), this.dateFact) + 1;
    const given = new Uint8Array(count);
    for (const { question } of place.passed) given[question] = answers.get(question)! + 1;
    if (this.dateFact >= 0) given[this.dateFact] = answers.get(this.dateFact)! + 1;
    const ask = (): StageResult[] => this.engine.answer(+this.dataset.ingang!, given);
    const agrees = (found: StageResult[], only: boolean): boolean => {
      const own = found[found.length - 1];
      return place.nodes.every((n) => {
        const { outcome, duty } = this.walk.nodes[n];
        const one = own.values.every((byte, i) => byte === (outcome >> 3 === i ? 1 << (outcome & 7) : 0));
        return has(own.values, outcome) && duty >= own.dutyLo && duty <= own.dutyHi && (!only || one);
      });
    };
    let found = ask();
    // With questions unasked the module gives bounds, which can be wider than what is possible. Those questions do not
    // matter any more, so filling them in one by one, in any way that keeps to the walk, makes it exact.
    if (place.nodes.length === 1)
      for (const { question, values } of this.names) {
        if (agrees(found, true)) break;
        if (given[question]) continue;
        for (const value of values.values()) {
          if (value === OPEN) continue;
          given[question] = value + 1;
          const tried = ask();
          if (agrees(tried, false)) {
            found = tried;
            break;
          }
          given[question] = 0;
        }
      }
    if (!agrees(found, place.nodes.length === 1)) {
      this.piece("bericht").textContent = this.text("fout");
      throw Error("disagree"); // then no outcome is shown at all
    }
    return found;
  }

  /** Shows several ends at once: what is possible, what to do meanwhile, and what to find out. */
  private undecided(main: HTMLElement, possible: number, place: Place, answers: Answers): HTMLElement {
    const part = this.template("open");
    for (const o of this.verdicts(possible)) part.querySelector(".mogelijk")!.appendChild(document.createElement("li")).append(o);
    const advice = +(this.dataset.bijtwijfel || 31 - Math.clz32(possible & -possible)); // or else the strictest
    const meanwhile = part.querySelector(".voornu")!;
    meanwhile.append(this.panel(advice));
    const findings = part.querySelector<HTMLElement>(".vondsten")!;
    this.explained(findings, (uitleg) => uitleg.open(meanwhile, findings, this.onWay(place, answers), advice));
    main.append(part);
    return main.querySelector<HTMLElement>("h1")!;
  }

  /** The answers that were asked for, and the date. */
  private onWay(place: Place, answers: Answers): Answers {
    const asked = place.passed.map((p) => p.question);
    return new Map([this.dateFact, ...asked].filter((q) => q >= 0).map((q) => [q, answers.get(q)!]));
  }

  /** Shows the answers given, each with a way to change it. */
  private given(answers: Answers, place: Place): void {
    const list = this.piece("antwoorden").querySelector("dl")!;
    list.textContent = "";
    for (const { question } of place.passed) {
      if (question === this.dateFact) continue;
      const row = document.createElement("div");
      const [dt, dd, change] = ["dt", "dd", "dd"].map((name) => row.appendChild(document.createElement(name)));
      dt.textContent = this.question(question);
      dd.textContent = this.label(question, answers.get(question)!);
      const link = change.appendChild(document.createElement("a"));
      link.href = write(this.names, this.state, question);
      link.textContent = this.text("wijzig");
      const full = link.appendChild(document.createElement("span"));
      full.className = "weg";
      full.textContent = ": " + dt.textContent;
      list.append(row);
    }
    this.piece("antwoorden").hidden = !list.children.length;
  }

  /** Says for which day this holds, and whether today is different. */
  private certainty(date: string): void {
    if (this.shownDate !== date)
      this.piece("geldt").textContent = this.piece("kortzeker").querySelector("span span")!.textContent = new Date(date).toLocaleDateString("nl-NL", { dateStyle: "long", timeZone: "UTC" });
    this.shownDate = date;
    const now = new Date();
    const today = new Date(+now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
    const note = this.piece("vandaag");
    note.hidden = this.dates.length < 2 || this.interval(today) === this.interval(date);
    note.textContent = this.text("vandaag");
  }

  private interval(date: string): number {
    return Math.max(0, this.dates.findIndex(([from, until]) => (!from || from <= date) && (!until || date < until)));
  }

  private piece(name: string): HTMLElement {
    return this.once(`:not(template)[data-deel="${name}"]`);
  }

  template(name: string): DocumentFragment {
    return this.content(name).cloneNode(true) as DocumentFragment;
  }

  private content(name: string): DocumentFragment {
    return this.once<HTMLTemplateElement>(`template[data-deel="${name}"]`).content;
  }

  /** The one element of its markup, also where it stands elsewhere by now. */
  private once<E extends Element>(selector: string): E {
    let part = this.parts.get(selector);
    if (!part) this.parts.set(selector, (part = this.querySelector(selector)!));
    return part as E;
  }

  text(key: string, ...values: (string | number)[]): string {
    return this.content("teksten").querySelector(`[data-sleutel=js-${key}]`)!.textContent!.replace(/\{(\d)\}/g, (_, i) => "" + values[i]);
  }

  /** The outcomes that some answers lead to; one that none leads to is not shown. */
  private outcomes(): HTMLElement[] {
    if (this.listed) return this.listed;
    const ever = this.walk.possible([this.walk.nodes.length - 1]);
    return (this.listed = [...this.piece("nog").querySelectorAll<HTMLElement>("[data-uitkomst]")].filter((li) => !(li.hidden = !((ever >> +li.dataset.uitkomst!) & 1))));
  }

  /** The fieldset that asks a question. */
  private asked(question: number): DocumentFragment {
    return this.templates.get(question)!.content;
  }

  /** The sign and word of each outcome in a set. */
  verdicts(set: number): Node[] {
    return this.outcomes().filter((li) => (set >> +li.dataset.uitkomst!) & 1).map((li) => li.querySelector(".o")!.cloneNode(true));
  }

  /** What an outcome means, as it stood in the list. */
  private textOf(li: HTMLElement): NodeListOf<Node> {
    return this.outcomeTexts.get(li)!.cloneNode(true).childNodes;
  }

  /** The panel of an outcome. */
  private panel(outcome: number): HTMLElement {
    const li = this.outcomes().find((li) => +li.dataset.uitkomst! === outcome)!;
    const panel = document.createElement("div");
    panel.className = "oordeel " + li.querySelector(".o")!.classList[1];
    const word = document.createElement("h3");
    word.className = "woord";
    word.tabIndex = -1;
    word.textContent = li.querySelector(".woord")!.textContent;
    const text = document.createElement("p");
    text.className = "lood";
    text.append(...this.textOf(li));
    panel.append(li.querySelector("svg")!.cloneNode(true), word, text);
    return panel;
  }

  question(question: number): string {
    return this.asked(question).querySelector("legend")!.textContent!;
  }

  label(question: number, value: number): string {
    if (value === OPEN) return this.text("weet-niet");
    return this.asked(question).querySelector(`[value="${value}"]`)!.nextElementSibling!.firstChild!.textContent!;
  }
}

/** Does something when the visitor sees what there is now. The address and the title take browsers longer than all the rest. */
function painted(then: () => void): void {
  requestAnimationFrame(() => setTimeout(then));
}

/** Puts a fragment behind the address of a link. What is in a template has no address to ask for yet. */
function extend(link: HTMLAnchorElement, fragment: string): void {
  link.setAttribute("href", link.getAttribute("href") + fragment);
}

/** Puts the same words in an element of another name: what is the heading of the page depends on where one stands. */
function rename(old: HTMLElement, name: string): HTMLElement {
  const made = document.createElement(name);
  for (const { name, value } of old.attributes) made.setAttribute(name, value);
  made.append(...old.childNodes);
  old.replaceWith(made);
  return made;
}

customElements.define("handvat-beslissing", Decision);
