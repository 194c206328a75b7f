// Keeps the site on the device (see offline/worker.ts), and says so when what is on the screen may be old: when it came
// from the device since there was no network, and when there is a newer version of this very page.

const place = document.querySelector<HTMLElement>(".versie");

// Browsers that guard what becomes a script (Trusted Types, see package headers) want to know who vouches for this address.
type Types = { createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string } };
const types = (window as { trustedTypes?: Types }).trustedTypes;

/** keep starts the service worker, and listens to it. */
export function keep(): void {
	const workers = navigator.serviceWorker; // not there over plain http
	if (!place || !workers) return;
	workers.onmessage = ({ data }: MessageEvent<{ since?: string | null; mark?: string }>) => {
		if ("since" in data) say(place.dataset.toestel!.replace("{dag}", data.since ? new Date(data.since).toLocaleDateString("nl", { dateStyle: "long" }) : "?"));
		else if (data.mark !== document.documentElement.dataset.v) say(place.dataset.nieuw!, place.dataset.laad);
	};
	addEventListener("load", async () => {
		try {
			let script = new URL("../sw.js", import.meta.url).href;
			if (types) script = types.createPolicy("handvat", { createScriptURL: (url) => url }).createScriptURL(script);
			const own = await workers.register(script, { updateViaCache: "none" });
			workers.controller?.postMessage(0);
			addEventListener("visibilitychange", () => document.hidden || own.update().catch(() => 0));
		} catch {
			// The browser refuses: then the site works as any other.
		}
	});
}

function say(text: string, button?: string): void {
	const line = document.createElement("p");
	line.textContent = text;
	if (button) {
		const again = document.createElement("button");
		again.textContent = button;
		again.onclick = () => location.reload();
		line.append(" ", again);
	}
	place!.replaceChildren(line);
}
