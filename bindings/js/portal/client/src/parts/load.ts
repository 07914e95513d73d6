import { onMounted, ref, shallowRef, watch, type Ref, type ShallowRef } from "vue";
import type { JournalEvent } from "wuzhang";
import { NoNetwork, Status, state } from "../api";
import { news } from "../follow";
import { t, when } from "../words";

/**
 * Loads what a page shows: while it lasts, when it is old, and why it could not be had. Loads again
 * when others have done something that concerns the page; what was typed is no part of it.
 */
export function useLoad<T>(load: () => Promise<{ answer: T; stale: string }>, concerns: (event: JournalEvent) => boolean = () => true): { data: ShallowRef<T | undefined>; note: Ref<string>; reload: () => Promise<void> } {
  const data = shallowRef<T>();
  const note = ref(t("loading"));
  let last = 0;
  async function reload(): Promise<void> {
    const mine = (last += 1);
    try {
      const { answer, stale } = await load();
      // A later question was asked meanwhile, and its answer is the newer one.
      if (mine !== last) return;
      data.value = answer;
      note.value = stale === "" ? "" : `${t("stale")} ${when(stale)}`;
    } catch (error) {
      if (data.value === undefined) note.value = error instanceof NoNetwork ? t("notKept") : error instanceof Status && error.status === 429 ? t("rate") : error instanceof Status && error.status === 401 ? t("session") : t("nothing");
    }
  }
  onMounted(reload);
  watch(() => state.online, (online) => { if (online) void reload(); });
  watch(() => news.turn, () => { if (news.events.some(concerns)) void reload(); });
  return { data, note, reload };
}
