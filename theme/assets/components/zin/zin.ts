// <handvat-zin> makes of three choices the address of a decision, with the answers that were chosen in it. All words come
// from the markup; what leads where stands in the choices, see generator/site/sentence.go. Above it is a field to search for a
// situation, whose words go to the page to search on in the fragment, so that no server sees them.

/** Gives the decision to which an act leads at a place, or the address of a page, and the chosen answers that it asks. */
export function lead(leads: string, place: string, answers: string[]): { decision: string; answers: string[] } {
  const ways = leads.split(" ").map((way) => way.split(":"));
  const [, decision, asks] = (place && ways.find((way) => way[0] === place)) || ways[0];
  const own = asks.split(",");
  const order = (answer: string): number => own.indexOf(answer.split("=")[0]);
  return { decision, answers: answers.filter((a) => order(a) >= 0).sort((a, b) => order(a) - order(b)) };
}

class Sentence extends HTMLElement {
  connectedCallback(): void {
    const [who, where, want] = this.querySelectorAll("select");
    const [search, sentence] = this.querySelectorAll("form");
    search.addEventListener("submit", (event) => {
      event.preventDefault();
      const words = search.querySelector("input")!.value.trim();
      this.go("zoeken/" + (words && "#situatie=" + encodeURIComponent(words)));
    });
    const wrong = this.querySelector<HTMLElement>(".fout")!;
    const say = (words: string): void => {
      wrong.textContent = words;
      for (const [name, value] of [["aria-invalid", "true"], ["aria-describedby", wrong.id]])
        if (words) want.setAttribute(name, value);
        else want.removeAttribute(name);
    };
    want.addEventListener("change", () => say(""));
    sentence.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!want.value) {
        say(wrong.dataset.kies!);
        want.focus();
        return;
      }
      const chosen = [who, where, want].flatMap((s) => (s.selectedOptions[0].dataset.feiten || "").split(" "));
      const { decision, answers } = lead(want.selectedOptions[0].dataset.gaat!, where.value, chosen.filter(Boolean));
      this.go(decision[0] === "/" ? decision.slice(1) : `mag-dit/${decision}/${answers.length ? "#" + answers.join("&") : ""}`);
    });
  }

  /** Scripts stand in a folder beside the pages. */
  private go(path: string): void {
    location.href = new URL("../" + path, import.meta.url).href;
  }
}

customElements.define("handvat-zin", Sentence);
