// The page of a phase: its checklist can be ticked off, and in a narrow window what is there to look up is folded. Without
// scripts and on paper everything is open.
import { tick } from "../components/vinken/vinken";

/** fase gives the checklist of a phase its tools, and folds what is long. */
export function fase(page: Element): void {
  page.querySelectorAll<HTMLElement>(".vinken-doen").forEach(tick);
  const wanted = document.querySelector(":target");
  if (matchMedia("(max-width:67.99rem)").matches)
    for (const part of page.querySelectorAll(".kolommen>*,[aria-labelledby=alle-vragen]")) if (!part.contains(wanted)) fold(part);
  wanted?.scrollIntoView(); // what stands above it became shorter
}

/** fold puts a part away under its heading, until a link leads there or the page is printed. */
function fold(part: Element): void {
  const folded = document.createElement("details");
  const line = document.createElement("summary");
  part.before(folded);
  line.append(part.querySelector("h2")!);
  folded.append(line, part);
  addEventListener("hashchange", () => line.querySelector(":target") && (folded.open = true));
  addEventListener("beforeprint", () => (folded.open = true));
}
