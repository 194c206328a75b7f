// Loads the page again when the preview server has another version than the one this page came from. While the page
// is hidden it does not listen: a browser opens only six connections to one server, and tabs would use them up.
const mine = new URL(import.meta.url).search.slice(1);
let events;

function rest() {
  events?.close();
  events = undefined;
}

function listen() {
  if (document.visibilityState === "hidden") {
    rest();
  } else if (!events) {
    events = new EventSource("/_herlaad");
    events.onmessage = (event) => {
      if (event.data === mine) return;
      const here = new URL(location.href);
      here.searchParams.delete("laatste-goede");
      if (here.href === location.href) location.reload();
      else location.replace(here);
    };
  }
}

document.addEventListener("visibilitychange", listen);
addEventListener("pagehide", rest);
addEventListener("pageshow", listen);
