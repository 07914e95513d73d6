// Keeps the page itself for when there is no network. Answers of the server are kept by the page, not here.
const CACHE = "portal-__VERSION__";
const NAMES = []/* names */;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(NAMES)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys().then((keys) => Promise.all(keys.filter((key) => key !== CACHE).map((key) => caches.delete(key)))).then(() => self.clients.claim()),
  );
});
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin || url.pathname.startsWith("/api/")) return;
  // The bare page: what the server writes into it for one person stays out of here.
  const named = event.request.mode === "navigate" ? "/index.html" : url.pathname;
  // The page is fetched anew when there is a network; what bears its content's hash never changes.
  event.respondWith(
    event.request.mode === "navigate"
      ? fetch(event.request).then((answer) => (answer.status >= 500 ? caches.match(named).then((kept) => kept ?? answer) : answer), () => caches.match(named))
      : caches.match(named).then((kept) => kept ?? fetch(event.request)),
  );
});
