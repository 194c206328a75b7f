// The walk of a decision: which question comes next, and which outcomes can still follow. It mirrors generator/walk: the
// custom section "handvat.wandeling" of the decision's module, in the format that Encode of that package gives.
//
// Ends hold outcome and duty only. A node with one way on is passed; one with several asks, also where all lead to the same
// outcome, since the rules that make it differ. Answers that stay open are exact here: a visitor then stands at a set of
// nodes, one for each way the open facts can be, and is asked only what would change the outcomes still possible. Only where
// combinations of answers are ruled out more may seem possible beside open answers than is; explain.ts is exact there too.

/** The name of the section. */
export const SECTION = "handvat.wandeling";
/** The name of the section with the outline, in a file of its own and in the same format: every situation, for explain.ts. */
export const OUTLINE = "handvat.situaties";
const VERSION = 6;

/** An answer that stays open. */
export const OPEN = -1;

/** A node asks a question, or ends (question is -1). */
export interface Node {
  question: number;
  /** Per value the next node, or -1 where no possible situation has that value here. */
  next: number[];
  outcome: number;
  duty: number;
  /** The outcomes that can still follow, as bits. */
  reach: number;
  ahead: Ahead;
}

/** How many questions still come, at least and at most. */
interface Ahead {
  fewest: number;
  most: number;
}

/** What is known at a set of nodes: a key that is the same exactly where the same ends can follow, and what is ahead. */
interface Known extends Ahead {
  key: string;
}

/** One answered question on the way: where it was asked and which values it could have there. */
export interface Passed {
  question: number;
  values: number[];
}

/** Where answers lead. */
export interface Place {
  nodes: number[];
  /** The question to ask now, or -1 at an end. */
  question: number;
  /** Its possible values. */
  values: number[];
  passed: Passed[];
}

export type Answers = Map<number, number>;

/** More sets of nodes than this are not compared: then a question is asked that may not matter. */
const PATIENCE = 20000;

export class Walk {
  /** Children first; the last one is the root. */
  nodes: Node[] = [];
  /** Per question twice its number of values, and 1 more where the last of them is nvt. */
  sizes: number[];
  private known = new Map<string, Known>();
  private names = new Map<string, string>();

  constructor(bytes: Uint8Array) {
    let at = 0;
    const read = (): number => {
      let value = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = bytes[at++];
        value |= (byte & 127) << shift;
        if (!(byte & 128)) return value;
      }
    };
    if (read() !== VERSION) throw Error("version");
    const classes: number[][] = []; // per question and value
    this.sizes = Array.from({ length: read() }, () => {
      const size = read();
      let count = 0;
      let before = 0;
      const one = (n: number): number => (before = n > 1 ? n - 2 : n ? count++ : before);
      classes.push(Array.from({ length: size >> 1 }, () => one(read())));
      return size;
    });
    const questions = this.sizes.length;
    const leaves = read();
    for (let i = 0; i < leaves; i++) {
      const outcome = read();
      this.nodes.push({ question: -1, next: [], outcome, duty: read(), reach: 1 << outcome, ahead: { fewest: 0, most: 0 } });
    }
    const written: number[] = []; // those whose ways on are read too, the one written or referred to last in front
    const follow = (above: number, before: number): number => {
      let to = read() - 2;
      if (to < 0) return to < -1 ? before : -1;
      if ((to -= questions) < 0) {
        const question = above + 1 + to + questions;
        const byClass: number[] = [];
        let last = -1;
        const next = classes[question].map((c) => (byClass[c] ??= last = follow(question, last)));
        const ways = next.filter((n) => n >= 0);
        const ahead = ways.map((n) => this.nodes[n].ahead);
        to = this.nodes.length;
        this.nodes.push({ question, next, outcome: -1, duty: 0, reach: this.possible(ways), ahead: ways.length > 1 ? after(ahead) : ahead[0] });
      } else if (to < leaves) return to;
      else {
        to = written.filter((n) => this.nodes[n].question > above)[to - leaves];
        written.splice(written.indexOf(to), 1);
      }
      written.unshift(to);
      return to;
    };
    follow(-1, -1);
  }

  /** Follows answers from the root to the first question without one; with rest, those are taken as open. */
  follow(answers: Answers, rest = false): Place {
    const passed: Passed[] = [];
    for (let nodes = this.settle([this.nodes.length - 1]); ; ) {
      const question = this.first(nodes);
      const values = question < 0 ? [] : this.values(nodes, question);
      if (question < 0) return { nodes, question, values, passed };
      if (!this.asks(nodes, question, values)) {
        nodes = this.step(nodes, question, values[0]);
        continue;
      }
      let answer = answers.get(question);
      if (answer !== undefined && answer !== OPEN && !values.includes(answer)) answer = undefined;
      if (answer === undefined && !rest) return { nodes, question, values, passed };
      passed.push({ question, values });
      nodes =
        answer === undefined || answer === OPEN
          ? this.settle(values.flatMap((v) => this.step(nodes, question, v)))
          : this.step(nodes, question, answer);
    }
  }

  /** The outcomes that can still follow, as bits. */
  possible(nodes: number[]): number {
    return nodes.reduce((all, n) => all | this.nodes[n].reach, 0);
  }

  /** The questions that may still be asked, in asking order, where the answers hold as far as they are possible. */
  coming(nodes: number[], answers: Answers): number[] {
    const seen = new Set(nodes);
    const found = new Set<number>();
    for (const n of seen) {
      const { question, next } = this.nodes[n];
      const ways = next.filter((to) => to >= 0);
      if (ways.length > 1) found.add(question);
      const given = next[answers.get(question)!];
      for (const to of given >= 0 ? [given] : ways) seen.add(to);
    }
    return [...found].sort((a, b) => a - b);
  }

  /** How many questions still come, at least and at most, the first of the nodes included. */
  ahead(nodes: number[]): Ahead {
    return nodes.length > 1 ? this.compare(nodes) : this.nodes[nodes[0]].ahead;
  }

  private compare(nodes: number[]): Known {
    const id = nodes.join();
    const found = this.known.get(id);
    if (found) return found;
    const question = this.first(nodes);
    let ahead: Known;
    if (question < 0) ahead = { key: id, fewest: 0, most: 0 };
    else if (this.known.size > PATIENCE) ahead = { key: id, fewest: 1, most: 1 };
    else {
      const values = this.values(nodes, question);
      const all = values.map((v) => this.compare(this.step(nodes, question, v)));
      if (nodes.length > 1 && all.every((a) => a.key === all[0].key)) ahead = all[0];
      else {
        const name = question + ":" + values.map((v, i) => v + "=" + all[i].key);
        if (!this.names.has(name)) this.names.set(name, "n" + this.names.size);
        ahead = { key: this.names.get(name)!, ...after(all) };
      }
    }
    this.known.set(id, ahead);
    return ahead;
  }

  /** Whether a question is asked at the nodes: at one node always, at several where its values lead to something else. */
  private asks(nodes: number[], question: number, values: number[]): boolean {
    const key = (value: number): string => this.compare(this.step(nodes, question, value)).key;
    return nodes.length < 2 || values.some((v) => key(v) !== key(values[0]));
  }

  /** The first question that some of the nodes ask, or -1. */
  private first(nodes: number[]): number {
    return nodes.reduce((first, n) => {
      const q = this.nodes[n].question;
      return q < 0 || (first >= 0 && first < q) ? first : q;
    }, -1);
  }

  private values(nodes: number[], question: number): number[] {
    const asking = nodes.map((n) => this.nodes[n]).filter((n) => n.question === question);
    return asking[0].next.map((_, v) => v).filter((v) => asking.some((n) => n.next[v] >= 0));
  }

  /** Answers a question at the nodes that ask it; a node where the value cannot be falls away. */
  private step(nodes: number[], question: number, value: number): number[] {
    return this.settle(
      nodes.map((n) => (this.nodes[n].question === question ? this.nodes[n].next[value] : n)).filter((n) => n >= 0),
    );
  }

  /** Passes what has one answer only, and puts the nodes in order, each once. */
  private settle(nodes: number[]): number[] {
    const out = new Set<number>();
    for (let n of nodes) {
      for (let ways; (ways = this.nodes[n].next.filter((next) => next >= 0)).length === 1; ) n = ways[0];
      out.add(n);
    }
    return [...out].sort((a, b) => a - b);
  }
}

/** What is ahead at a question, by what is ahead after each of its answers. */
const after = (ways: Ahead[]): Ahead => ({ fewest: 1 + Math.min(...ways.map((a) => a.fewest)), most: 1 + Math.max(...ways.map((a) => a.most)) });
