// What every page does.
import { keep } from "../components/versie/versie";

keep();
for (const tools of document.querySelectorAll<HTMLElement>(".vinken-doen")) void import("../components/vinken/vinken").then((m) => m.tick(tools));
