// What every page does.
import "../components/versie/versie";

if (document.querySelector(".vinken-doen")) import("../components/vinken/vinken");
