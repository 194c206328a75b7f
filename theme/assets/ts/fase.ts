// The page of a phase and that with all rules of a decision: a checklist can be ticked off, and in a narrow window what is there
// to look up is folded. Without scripts and on paper everything is open.
import { tick } from "../components/vinken/vinken";

/** fase gives a checklist its tools, and folds what is long: parts of a phase, and the rules per outcome. */
export function fase(page: Element): void {
  page.querySelectorAll<HTMLElement>(".vinken-doen").forEach(tick);
  const wanted = document.querySelector(":target");
  if (matchMedia("(max-width:67.99rem)").matches)
    for (const part of page.querySelectorAll(".kolommen>*,[aria-labelledby=alle-vragen],[data-niveau]:has(h3),#voorwaarden")) if (!part.contains(wanted)) fold(part);
  wanted?.scrollIntoView(); // what stands above it became shorter
}

/** fold puts a part away under its heading, until a link leads there or the page is printed. */
function fold(part: Element): void {
  const folded = document.createElement("details");
  const line = document.createElement("summary");
  part.before(folded);
  line.append(part.querySelector("h2,h3")!);
  folded.append(line, part);
  addEventListener("hashchange", () => folded.querySelector(":target") && (folded.open = true));
  addEventListener("beforeprint", () => (folded.open = true));
}
