// Follows the server's book, so that what others do appears without a reload. It asks for the events since
// the last it has heard of: soon while something happens, ever more rarely while nothing does, and not at
// all while nobody looks or there is no network.
import { reactive } from "vue";
import type { JournalEvent } from "wuzhang";
import { NoNetwork, Status, eventsSince, state } from "./api";
import { sentHere } from "./sending";

const SOON = 4_000, RARELY = 60_000;
/** What others have done of late, as far as this person may read it; `turn` tells each time apart. */
export const news = reactive({ turn: 0, events: [] as readonly JournalEvent[] });

let wait = SOON, timer: ReturnType<typeof setTimeout> | undefined, asking = false;
const looking = (): boolean => state.person !== "" && state.online && document.visibilityState === "visible";

function plan(): void {
  clearTimeout(timer);
  timer = looking() ? setTimeout(() => void look(), wait) : undefined;
}

/** Asks now; somebody has come back to the page, or it is time. */
async function look(): Promise<void> {
  if (asking || !looking()) return;
  // Nothing was answered yet that could be old.
  if (state.events === undefined) return plan();
  asking = true;
  try {
    const { events, last } = await eventsSince(state.events);
    state.events = last;
    const others = events.filter((one) => !sentHere(String(one["command"])));
    // A device that sends itself is a device that is used.
    wait = events.length > 0 ? SOON : Math.min(wait * 1.5, RARELY);
    if (others.length > 0) {
      news.events = others;
      news.turn += 1;
    }
  } catch (error) {
    if (!(error instanceof NoNetwork || error instanceof Status)) throw error;
    wait = RARELY;
  } finally {
    asking = false;
    plan();
  }
}

/** Somebody is there: what was missed is fetched at once. */
function back(): void {
  wait = SOON;
  clearTimeout(timer);
  if (looking()) void look();
}

export function follow(): void {
  document.addEventListener("visibilitychange", back);
  addEventListener("focus", back);
  addEventListener("online", back);
  plan();
}

/** Whether an event is about this case. */
export const isAbout = (event: JournalEvent, id: string): boolean => event["case"] === id || (Array.isArray(event["cases"]) && event["cases"].includes(id));
/** Whether an event is about some case, and may therefore stand in a list of them. */
export const aboutCases = (event: JournalEvent): boolean => event["case"] !== undefined || event["cases"] !== undefined;
