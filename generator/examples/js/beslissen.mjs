// Asks decisions of Handvat Gegevensdeling, with a module that has its texts inside: all of them, or those of the questions
// to begin with and the rest by explainWith. Runs in a browser and in Node, and needs nothing else.

/** The versions this program knows: of the contract (CONTRACT.md) and of the manifest (beslissen.schema.json). */
const ABI = 3;
const MANIFEST = 1;

/** What the codes of the contract mean. */
const WORDS = { 1: "deze beslissing is er niet", 2: "het aantal antwoorden klopt niet", 3: "dat antwoord is er niet" };

/** The module refused: code is 1, 2 or 3 of the contract, and with 3 position is that of the answer. */
export class Refused extends Error {
  constructor(returned, decision) {
    const code = returned & 255;
    const position = returned >> 8;
    super(`geweigerd met code ${code}: ${WORDS[code]}${code === 3 ? ` bij ${decision.questions[position]}` : ""}`);
    Object.assign(this, { code, position });
  }
}

export class Decisions {
  static async load(bytes) {
    return new Decisions(await WebAssembly.compile(bytes));
  }

  constructor(module) {
    this.module = new WebAssembly.Instance(module).exports;
    if (this.module.abi?.value !== ABI) throw new Error(`dit programma kent versie ${ABI} van het contract, en niet ${this.module.abi?.value}`);
    const [section] = WebAssembly.Module.customSections(module, "handvat.manifest");
    if (!section) throw new Error("de module heeft geen teksten");
    this.take(JSON.parse(new TextDecoder().decode(section)));
  }

  take(manifest) {
    if (manifest.manifest !== MANIFEST) throw new Error(`dit programma kent versie ${MANIFEST} van het manifest, en niet ${manifest.manifest}`);
    this.manifest = manifest;
  }

  /** Takes the whole manifest (beslissen.json, read) in the place of that of the questions: from then on answers are explained. */
  explainWith(manifest) {
    if (manifest.module !== this.manifest.module) throw new Error("het manifest hoort bij een andere module");
    this.take(manifest);
  }

  /** Asks the module: a byte per question, 0 where it is open. Gives what each stage of the decision found. */
  answer(index, bytes) {
    const { memory, input, output, answer } = this.module;
    if (bytes.length <= output.value - input.value) new Uint8Array(memory.buffer).set(bytes, input.value);
    const refused = answer(index, bytes.length);
    if (refused) throw new Refused(refused, this.manifest.decisions[index]);

    const view = new DataView(memory.buffer);
    let at = output.value;
    const stages = view.getUint32(at, true);
    at += 8;
    return this.manifest.decisions[index].stages.slice(0, stages).map((number) => {
      const stage = this.manifest.stages[number];
      const rows = view.getUint16(at + 10, true);
      const size = Math.ceil(rows / 64) * 8;
      // A set is words of 64 bits; little-endian, so bit r is bit r%8 of byte r/8.
      const has = (from, r) => (view.getUint8(from + (r >> 3)) >> (r & 7)) & 1;
      const range = [...Array(rows).keys()];
      const sets = at + 16;
      const found = {
        ...stage,
        values: stage.values.filter((_, v) => has(at, v)),
        duty: [view.getUint8(at + 8), view.getUint8(at + 9)],
        counting: new Set(range.filter((r) => has(sets + 2 * size, r)).map((r) => stage.rules?.[r])), // a rule can have more rows
        open: range.some((r) => has(sets, r) !== has(sets + size, r)),
      };
      at = sets + 3 * size;
      return found;
    });
  }

  /** Asks a decision by its id, with the answers {feit: waarde}. */
  ask(id, given) {
    const { decisions, facts, conditions, date } = this.manifest;
    const index = decisions.findIndex((d) => d.id === id);
    const questions = decisions[index]?.questions ?? [];
    for (const fact of Object.keys(given)) {
      if (index >= 0 && !questions.includes(fact)) throw new Error(`${fact} is geen vraag van ${id}`);
    }
    const bytes = questions.map((fact) => {
      const { kind, values } = facts.find((f) => f.id === fact);
      const value = given[fact] ?? (kind === "datum" ? date : undefined);
      if (value === undefined) return 0;
      const isIt = (v) => v.id === value || (kind === "datum" && (v.from ?? "") <= value && (!v.until || value < v.until));
      return values.findIndex(isIt) + 1 || 255; // there is no 255th value, so the module refuses it
    });
    const stages = this.answer(index, bytes);

    // What counts in this decision, and in those that come along with a rule that counts.
    const a = { reasons: new Set(), conditions: new Set(), open: false };
    const add = (decision, given) => {
      const found = stages.find((s) => s.decision === decision.id);
      const counting = decision.rules.filter((r) => found.counting.has(r.id));
      const closed = decision.kind === "mag" && found.values.at(-1) === "mag-niet";
      given &&= !closed;
      for (const o of decision.outcomes) {
        if (given && found.values.includes(o.id)) o.conditions?.forEach((c) => a.conditions.add(c));
      }
      for (const r of counting) {
        a.reasons.add(r);
        // Grounds are each other's alternatives; the conditions of all of them are rather too many than too few.
        if (given) r.conditions?.forEach((c) => a.conditions.add(c));
      }
      if (closed && !counting.length) a.reasons.add(decision.noGround);
      a.open ||= found.open;
      for (const fact of [...new Set(counting.flatMap((r) => r.through ?? []))].sort()) {
        const gate = stages.find((s) => s.fact === fact);
        if (gate?.values.every((v) => v === "nvt")) continue; // not consulted
        const { decision: used } = facts.find((f) => f.id === fact);
        add(decisions.find((d) => d.id === used), given);
      }
    };
    const decision = decisions[index];
    const explained = "rules" in decision;
    if (explained) add(decision, true);

    const own = stages.at(-1);
    const outcomes = decision.outcomes.filter((o) => own.values.includes(o.id));
    return {
      decision,
      outcomes,
      // While more than one is possible: what the authors advise, or the strictest.
      advice: outcomes.find((o) => o.id === decision.inDoubt) ?? outcomes[0],
      duty: own.duty[0] === own.duty[1] ? ["", "moet-tenzij", "moet"][own.duty[0]] : "",
      reasons: [...a.reasons],
      conditions: [...a.conditions].map((id) => conditions.find((c) => c.id === id)),
      open: a.open,
      explained,
    };
  }
}

/** Writes an answer for people. */
export function describe(a) {
  const sources = (s) => [...(s.norms ?? []), ...(s.sources ?? []).map((p) => `${p.source} ${p.place}`)].join("; ");
  const lines = [a.decision.title, ""];
  const list = (title, items) => {
    if (items.length) lines.push("", `${title}:`, ...new Set(items.map((i) => `- ${i}`)));
  };
  if (a.outcomes.length > 1) {
    lines.push(`Nog niet zeker. Mogelijk: ${a.outcomes.map((o) => o.title).join("; ")}`, `Ga voorlopig uit van: ${a.advice.title}`);
    return lines.join("\n");
  }
  lines.push(a.advice.title, a.advice.text);
  if (a.duty) lines.push(`Plicht: ${a.duty}`);
  if (!a.explained) lines.push("De redenen en voorwaarden zijn nog niet opgehaald. Zonder die is dit maar een half antwoord.");
  if (a.open) lines.push("Nog niet alles is beantwoord: er kan nog iets bij komen.");
  list("Waarom", a.reasons.filter((r) => r.why).map((r) => `${r.why} (${sources(r)})`));
  list("Voorwaarden", a.conditions.map((c) => c.text));
  list("Wie beslist", a.reasons.flatMap((r) => r.by ?? []));
  list("Wat wel kan", a.reasons.flatMap((r) => r.alternative ?? []));
  list("Moet een jurist nog bevestigen", a.reasons.flatMap((r) => r.doubt ?? []));
  return lines.join("\n");
}
