// The way back: a service worker that takes an earlier one and all it kept off the device. A site that is built without
// offline use publishes this one in its place, so that no visitor keeps an old version.

const worker = self as unknown as ServiceWorkerGlobalScope;

worker.addEventListener("install", () => void worker.skipWaiting());
worker.addEventListener("activate", (event) => event.waitUntil(leave()));

async function leave(): Promise<void> {
	const prefix = `handvat:${new URL(worker.registration.scope).pathname}:`;
	for (const name of await caches.keys()) if (name.startsWith(prefix)) await caches.delete(name);
	await worker.registration.unregister();
}

export {};
