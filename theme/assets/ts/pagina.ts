// What every page does.
import { keep } from "../components/versie/versie";

keep();
for (const page of document.querySelectorAll(".fase,.regelboek")) void import("./fase").then((m) => m.fase(page));

/** What this uses of the browser's own history, where it tells. */
interface Navigation {
  entries(): { url: string | null; key: string }[];
  traverseTo(key: string): unknown;
}

// The way back leads to the page as the visitor left it, with the answers, where that is where he came from.
for (const link of document.querySelectorAll<HTMLAnchorElement>(".terug a"))
  link.addEventListener("click", (event) => {
    const { navigation } = window as unknown as { navigation?: Navigation };
    const left = navigation?.entries().filter(({ url }) => url?.split("#")[0] === link.href).pop();
    if (!left) return;
    event.preventDefault();
    navigation!.traverseTo(left.key);
  });
