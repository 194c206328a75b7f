// What stands behind one cell: why, under which conditions, what would change it, and the way to the full decision. A script
// of its own, fetched when the first cell is opened. It takes over types only from the scripts the page has already.

import { Answers, SECTION, Walk } from "../../ts/decision/walk";
import type { Deelwijzer } from "./deelwijzer";

/** Of other answers no more are shown than this. */
const MOST = 8;

let walk: Walk | null = null;

/** Explains the cell of a row and a column. */
export function vakje(page: Deelwijzer, row: number, column: number, title: string): Node[] {
  const { rooster, element, text } = { rooster: page.rooster, element: page.element, text: (key: string) => page.text(key) };
  const { data } = rooster;
  const given = page.given();
  const cell = rooster.cell(given, row, column);
  const heading = element("h3", "", title);
  heading.tabIndex = -1;
  const close = element("button", "tekstknop niet-op-papier", text("deel-sluit")) as HTMLButtonElement;
  close.type = "button";
  close.dataset.doe = "sluit";
  const out: Node[] = [heading, page.sign(cell.lo)];
  const section = (name: string, ...parts: Node[]): void => void out.push(element("h4", "", text(name)), ...parts);
  const words = (e: Element | null): Node[] => [...(e?.cloneNode(true).childNodes || [])];

  if (cell.lo && cell.duty) out.push(element("p", "", text(cell.duty > 1 ? "deel-plicht-moet" : "deel-plicht-moet-tenzij")));
  for (const by of cell.by) out.push(element("p", "", by));
  for (const { lock, reasons } of cell.closed) {
    out.push(
      element("h4", "", text("deel-dicht") + " " + (lock || text("deel-geen-grond"))),
      element(
        "ul",
        "punten",
        ...reasons.map((r) => {
          const other = words(r.words.querySelector("i"));
          return element("li", "", ...words(r.words.querySelector("span")), ...(other.length ? [" ", element("b", "", text("wat-wel") + ":"), " ", ...other] : []));
        }),
      ),
    );
  }
  if (cell.conditions.length) {
    section(
      "voorwaarden",
      element(
        "ul",
        "punten",
        ...cell.conditions.map((c) => {
          const [what, how] = page.condition(c);
          return element("li", "", element("b", "", ...what), ...(how.length ? [" ", ...how] : []));
        }),
      ),
    );
  }
  const a = given.slice();
  a[data.rows] = row + 1;
  a[data.columns] = column + 1;
  const now = rooster.bounds(a);
  const rests = rooster.rests(a, now);
  if (cell.lo && rests.length) {
    section(
      "deel-zolang-lijst",
      element(
        "ul",
        "neemtaan",
        ...rests.map((q) => {
          const s = page.selects.get(q)!;
          return element("li", "", element("span", "aannr", page.number(q)), " " + page.question(s) + " ", element("b", "", s.selectedOptions[0].text));
        }),
      ),
    );
  }
  const changes = single(page, a, now);
  if (changes.length || !cell.lo) section(
    changes.length ? "deel-ander-antwoord" : "js-verandert",
    changes.length
      ? element(
          "ul",
          "stel",
          ...changes.slice(0, MOST).map(({ question, values, lo }) =>
            element(
              "li",
              "",
              page.sign(lo),
              element(
                "span",
                "",
                page.question(page.selects.get(question)!) + " ",
                ...values.flatMap((value, i) => {
                  const link = element("a", "", page.label(question, value)) as HTMLAnchorElement;
                  link.href = page.address({ question, value });
                  return i ? [" / ", link] : [link];
                }),
              ),
            ),
          ),
        )
      : element("p", "", text("deel-geen-ander")),
  );
  const way = page.querySelector<HTMLTemplateElement>("template[data-deel=weg]")!.content.querySelector("a")!.cloneNode(true) as HTMLAnchorElement;
  way.href += fragment(page, row, column);
  out.push(element("p", "weg-verder", way, " ", close));
  return out;
}

interface Change {
  question: number;
  values: number[];
  lo: number;
}

/** Every other answer to one question after which more may be; most first. */
function single(page: Deelwijzer, a: Uint8Array, now: number): Change[] {
  const { rooster } = page;
  const { outside, rows, columns } = rooster.data;
  const out: Change[] = [];
  for (const [q, size] of rooster.assumed) {
    if (page.selects.get(q)!.hasAttribute("data-vast")) continue; // nobody can make it otherwise
    const found = new Map<number, Change>();
    for (let v = 0; v < size; v++) {
      if (a[q] === v + 1 || outside[q]?.includes(v)) continue;
      const b = a.slice();
      b[q] = v + 1;
      const { active, conflict } = rooster.excluded(b);
      if (conflict || active.some((e) => e.d.every((d) => (d.v !== rows && d.v !== columns) || d.w.includes(b[d.v] - 1)))) continue;
      const then = rooster.bounds(b);
      if ((then & 7) <= (now & 7) && ((then >> 3) & 7) <= ((now >> 3) & 7)) continue;
      const change = found.get(then & 63);
      if (change) change.values.push(v);
      else found.set(then & 63, { question: q, values: [v], lo: then & 7 });
    }
    out.push(...found.values());
  }
  return out.sort((x, y) => y.lo - x.lo);
}

/** The answers that the full decision asks for, as its page reads them. */
function fragment(page: Deelwijzer, row: number, column: number): string {
  const { data } = page.rooster;
  const answers: Answers = new Map([
    [data.rows, row],
    [data.columns, column],
  ]);
  if (data.date >= 0) answers.set(data.date, data.day - 1);
  for (const q of page.selects.keys()) if (page.value(q) >= 0) answers.set(q, page.value(q));
  const steps = page.engine.section(SECTION);
  if (steps) walk ||= new Walk(steps);
  const place = walk?.follow(answers);
  const asked = (q: number): boolean => !place || place.passed.some((p) => p.question === q) || (place.question >= 0 && q > place.question);
  const parts: string[] = [];
  for (const q of [...answers.keys()].sort((x, y) => x - y)) {
    const day = q === data.date && page.selects.get(q);
    if (day && !day.selectedOptions[0].defaultSelected) parts.push(day.name + "=" + day.value);
    if (q === data.date || !asked(q)) continue;
    const axis = [page.rows, page.columns].find((x) => x.question === q);
    parts.push(axis ? axis.fact + "=" + axis.values[answers.get(q)!].id : page.selects.get(q)!.name + "=" + page.valueId({ question: q, value: answers.get(q)! }));
  }
  return "#" + parts.join("&");
}
