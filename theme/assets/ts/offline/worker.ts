// The service worker: keeps the site on the device, so that it works without a connection.
//
// Its list, which the generator writes before this script, names every page and file of one version exactly. All of it is
// fetched once, and what did not change since the last version is taken over from there. Nothing else is ever kept, so
// nothing on the device tells which pages somebody has seen. Pages come from the network where there is one, since rules
// change; without one, or when it is slow, from the device, and the page is told.

/** What one version consists of. Paths are below the folder of the site. */
declare const LIST: {
	version: string;
	pages: Record<string, string>; // by path, "" for the home page: the mark that stands in its HTML
	files: string[]; // whose names hold a hash of what is in them, or that no page shows
};

const worker = self as unknown as ServiceWorkerGlobalScope;
const root = new URL(worker.registration.scope).pathname;
const prefix = `handvat:${root}:`;
const current = prefix + LIST.version;
const patience = 4000; // milliseconds before a page comes from the device although there is a network
const offline = "offline/"; // the page for what is not on the device

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(activate()));

/** versions lists the names of our caches, oldest first. */
const versions = async () => (await caches.keys()).filter((name) => name.startsWith(prefix));

/** install fetches the whole version or fails; what was fetched before a failure is there when it is tried again. */
async function install(): Promise<void> {
	const cache = await caches.open(current);
	const todo: [string, string?][] = [...Object.entries(LIST.pages), ...LIST.files.map((file): [string] => [file])];
	const fetchers = Array.from({ length: 6 }, async () => {
		for (let next = todo.pop(); next; next = todo.pop()) await keep(cache, ...next);
	});
	await Promise.all(fetchers);
	await worker.skipWaiting();
}

/** keep puts one path in the cache: what an earlier version had where that is still right, otherwise what the host has now. */
async function keep(cache: Cache, path: string, mark?: string): Promise<void> {
	const right = async (response: Response | undefined) =>
		response?.ok && !response.redirected && (!mark || (await response.clone().text()).includes(mark));
	const known = mark || path.startsWith("_/") ? await kept(path) : undefined;
	if (known && (await right(known))) return cache.put(root + path, known);
	const fresh = await fetch(root + path, { cache: "no-cache" });
	if (!(await right(fresh))) throw new Error(`${path} is not that of version ${LIST.version}`);
	await cache.put(root + path, fresh);
}

/** kept looks a path up on the device, in the current version first. */
async function kept(path: string): Promise<Response | undefined> {
	for (const name of [current, ...(await versions()).reverse()]) {
		const found = await caches.match(root + path, { cacheName: name });
		if (found) return found;
	}
	return undefined;
}

/** activate drops all versions but this one and the last: a page that is open may still ask for a file of that. */
async function activate(): Promise<void> {
	const others = (await versions()).filter((name) => name !== current);
	await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
	await worker.clients.claim();
	if (!others.length) return;
	for (const client of await worker.clients.matchAll({ type: "window" }))
		client.postMessage({ mark: LIST.pages[new URL(client.url).pathname.slice(root.length)] });
}

// Which open pages came from the device, and when that was fetched.
const fromDevice = new Map<string, string | null>();

worker.addEventListener("message", (event) => {
	const client = event.source as Client | null;
	if (client && fromDevice.has(client.id)) client.postMessage({ since: fromDevice.get(client.id) });
});

worker.addEventListener("fetch", (event) => {
	const { origin, pathname } = new URL(event.request.url);
	if (event.request.method !== "GET" || origin !== worker.location.origin || !pathname.startsWith(root)) return;
	const path = pathname.slice(root.length);
	if (event.request.mode === "navigate" || path in LIST.pages) event.respondWith(page(event, path));
	else if (path.startsWith("_/")) event.respondWith(kept(path).then((found) => found ?? fetch(event.request)));
	else if (LIST.files.includes(path)) event.respondWith(fetch(event.request).catch(async () => (await kept(path)) ?? Response.error()));
});

/** page answers a visit, or a script that reads a page. */
async function page(event: FetchEvent, path: string): Promise<Response> {
	const own = path in LIST.pages ? await kept(path) : undefined;
	const network = fetch(event.request);
	try {
		const answer = own ? await Promise.race([network, new Promise<null>((done) => setTimeout(done, patience, null))]) : await network;
		if (answer && (answer.status < 500 || !own)) return answer;
	} catch {
		// no network
	}
	network.catch(() => 0);
	if (!own) return Response.redirect(root + (path + "/" in LIST.pages ? path + "/" : offline));
	fromDevice.set(event.resultingClientId, own.headers.get("date"));
	return own;
}

export {};
