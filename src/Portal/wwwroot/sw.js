// Keeps the style sheet and the page that says that there is no network, and nothing else: no page about anybody is ever stored.
const store = "offline-STYLES";
self.addEventListener("install", event => event.waitUntil(caches.open(store).then(cache => cache.addAll(["STYLES", "OFFLINE"])).then(() => self.skipWaiting())));
self.addEventListener("activate", event => event.waitUntil(
  caches.keys().then(names => Promise.all(names.filter(name => name !== store).map(name => caches.delete(name)))).then(() => self.clients.claim())));
self.addEventListener("fetch", event => {
  if (event.request.mode === "navigate" && event.request.method === "GET") {
    event.respondWith(fetch(event.request).catch(() => caches.match("OFFLINE")));
  } else if (event.request.method === "GET" && new URL(event.request.url).pathname === "/assets/portal.css") {
    event.respondWith(caches.match(event.request).then(kept => kept || fetch(event.request)));
  }
});
