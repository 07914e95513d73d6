import { createApp } from "vue";
import { createRouter, createWebHistory } from "vue-router";
import App from "./App.vue";
import Week from "./pages/Week.vue";
import { came } from "./api";
import { loadDocuments } from "./rules";
import { install, kit } from "./ui";

const router = createRouter({
  history: createWebHistory(),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  routes: [
    { path: "/", redirect: "/week" },
    { path: "/login", component: () => import("./pages/Door.vue"), meta: { open: true } },
    { path: "/my-case", component: () => import("./pages/MyCase.vue"), meta: { open: true } },
    { path: "/week", component: Week },
    { path: "/visit", component: () => import("./pages/Visit.vue") },
    { path: "/need", component: () => import("./pages/Need.vue") },
    { path: "/ledgers", component: () => import("./pages/Ledgers.vue") },
    { path: "/case/:id", component: () => import("./pages/Case.vue"), props: true },
    { path: "/meeting", component: () => import("./pages/Meeting.vue") },
    { path: "/posting", component: () => import("./pages/Posting.vue") },
    { path: "/sheet/:unit/:period/:posting", component: () => import("./pages/Sheet.vue"), props: true },
    { path: "/callback", component: () => import("./pages/CallBack.vue") },
    { path: "/county", component: () => import("./pages/County.vue") },
    { path: "/roster", component: () => import("./pages/Roster.vue") },
    { path: "/policy", component: () => import("./pages/Policy.vue") },
    { path: "/outbox", component: () => import("./pages/Outbox.vue") },
    { path: "/:rest(.*)", component: () => import("./pages/Nowhere.vue"), meta: { open: true } },
  ],
});
router.beforeEach((to) => (to.meta["open"] !== true && !localStorage.getItem("person") ? { path: "/login", query: { to: to.fullPath } } : true));
// After a new version was put up, an old page asks for parts that are gone: the new one is fetched.
router.onError((_error, to) => { if (navigator.onLine && sessionStorage.getItem("reloaded") !== to.fullPath) { sessionStorage.setItem("reloaded", to.fullPath); location.assign(to.fullPath); } });
router.afterEach(() => sessionStorage.removeItem("reloaded"));

const app = createApp(App);
install(app);
app.use(router);
// With names from the first line on, when they came with the page.
if (came("/api/documents")) await loadDocuments();
app.mount("#app");
const loaded = (run: () => void): void => (document.readyState === "complete" ? run() : addEventListener("load", run));
loaded(() => setTimeout(() => void kit(), 500));
// Fetching the rest for later waits until what somebody came for is there.
if (import.meta.env.PROD && "serviceWorker" in navigator) loaded(() => setTimeout(() => void navigator.serviceWorker.register("/sw.js"), 2000));
