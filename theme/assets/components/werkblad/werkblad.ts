// <handvat-werkblad> takes over a sheet that can already be printed without scripts: rows come and go, what is filled in
// stands in the text and on paper, and the rules of a decision are held against it. Nothing of it is kept or sent. What holds
// it against the rules, and what makes files of it, is fetched on use.

import type { Toets } from "./toets";

type Control = HTMLSelectElement | HTMLTextAreaElement;

export class Sheet extends HTMLElement {
  private texts = new Map<string, string>();
  private toets?: Promise<Toets | null>;

  connectedCallback(): void {
    if (this.texts.size) return;
    for (const p of this.querySelector<HTMLTemplateElement>("template[data-deel=teksten]")!.content.children) this.texts.set((p as HTMLElement).dataset.sleutel!, p.textContent!);
    this.addEventListener("submit", (event) => event.preventDefault());
    this.addEventListener("input", (event) => this.changed(event.target as Control));
    this.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLElement>("[data-doe]");
      if (button) this.does(button.dataset.doe!, button);
    });
    for (const row of this.rows()) this.removable(row);
    this.count();
    for (const control of this.controls(this)) this.mirror(control); // what the browser filled in again
    if (location.hash.includes("="))
      import("./overnemen").then(({ fill }) => {
        const said = fill(this, location.hash);
        if (said) this.say("overgenomen", this.text(said));
      });
  }

  controls(inside: Element): Control[] {
    return [...inside.querySelectorAll<Control>("select,textarea")];
  }

  rows(): HTMLTableRowElement[] {
    return [...this.querySelectorAll<HTMLTableRowElement>("[data-rij]")];
  }

  text(key: string, value: string | number = ""): string {
    return this.texts.get(key)!.replace("{0}", "" + value);
  }

  private changed(control: Control): void {
    this.mirror(control);
    if (control.localName === "select") this.test();
  }

  /** Puts what was filled in where it is printed, and in the text that has a place for it. */
  private mirror(control: Control): void {
    const said = valueOf(control);
    control.parentElement!.dataset.tekst = said;
    for (const gap of this.querySelectorAll<HTMLElement>(`.gat[data-veld="${control.name}"]`)) {
      gap.dataset.leeg ??= gap.textContent!;
      gap.textContent = said || gap.dataset.leeg;
      gap.classList.toggle("vol", !!said);
    }
  }

  private test(): void {
    const link = document.querySelector<HTMLLinkElement>("link[data-toets]");
    if (!link) return;
    const rules = document.querySelector<HTMLAnchorElement>("a[data-regels]")!;
    this.toets ||= import("./toets").then(({ open }) => open(this, link.href, rules.href)).catch(() => {
      this.say("gezegd", this.text("blad-geen-regels"));
      return null;
    });
    this.toets.then((toets) => toets?.show());
  }

  say(where: "samen" | "melding" | "gezegd" | "overgenomen", words: string): void {
    const place = this.querySelector(`[data-deel=${where}]`);
    if (place && (where !== "samen" || place.textContent !== words)) place.textContent = words;
  }

  private does(what: string, button: HTMLElement): void {
    if (what === "erbij") this.add();
    else if (what === "weg") this.drop(button.closest("tr")!);
    else if (what === "afdrukken") print();
    else import("./mee").then(({ take }) => take(this, what));
  }

  private add(): void {
    const rows = this.rows();
    const row = rows[0].cloneNode(true) as HTMLTableRowElement;
    rows[rows.length - 1].after(row);
    this.clear(row);
    this.count();
    this.controls(row)[0].focus();
  }

  private drop(row: HTMLTableRowElement): void {
    const rows = this.rows();
    const at = rows.indexOf(row);
    this.say("gezegd", this.text("blad-weggehaald", at + 1));
    if (rows.length > 1) row.remove();
    else this.clear(row);
    this.count();
    this.controls(this.rows()[Math.max(0, at - 1)])[0].focus();
    this.test();
  }

  private clear(row: Element): void {
    for (const control of this.controls(row)) {
      control.value = "";
      this.mirror(control);
    }
    for (const said of row.querySelectorAll("[data-uitslag]")) {
      said.textContent = "";
      said.parentElement!.className = "beoordeeld";
    }
  }

  private removable(row: HTMLTableRowElement): void {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "tekstknop klein niet-op-papier";
    button.dataset.doe = "weg";
    row.cells[row.cells.length - 1].append(button);
  }

  /** Numbers the rows, and says so where there is no room for more. */
  private count(): void {
    const rows = this.rows();
    rows.forEach((row, i) => {
      row.querySelector("[data-nr]")!.textContent = "" + (i + 1);
      row.querySelector("[data-doe=weg]")!.textContent = this.text("blad-weg", i + 1);
    });
    const more = this.querySelector<HTMLButtonElement>("[data-doe=erbij]");
    if (!more) return;
    const most = more.closest<HTMLElement>("[data-hoogstens]")!.dataset.hoogstens!;
    more.disabled = rows.length >= +most;
    if (more.disabled) this.say("gezegd", this.text("blad-vol", most));
  }
}

/** What was chosen or written, in words. */
export function valueOf(control: Control): string {
  if (!control.value) return "";
  return control.localName === "select" ? (control as HTMLSelectElement).selectedOptions[0].text : control.value.trim();
}

customElements.define("handvat-werkblad", Sheet);
