import { onMounted, ref, shallowRef, watch, type Ref, type ShallowRef } from "vue";
import { NoNetwork, Status, state } from "../api";
import { t, when } from "../words";

/** Loads what a page shows: while it lasts, when it is old, and why it could not be had. */
export function useLoad<T>(load: () => Promise<{ answer: T; stale: string }>): { data: ShallowRef<T | undefined>; note: Ref<string>; reload: () => Promise<void> } {
  const data = shallowRef<T>();
  const note = ref(t("loading"));
  async function reload(): Promise<void> {
    try {
      const { answer, stale } = await load();
      data.value = answer;
      note.value = stale === "" ? "" : `${t("stale")} ${when(stale)}`;
    } catch (error) {
      if (data.value === undefined) note.value = error instanceof NoNetwork ? t("notKept") : error instanceof Status && error.status === 429 ? t("rate") : error instanceof Status && error.status === 401 ? t("session") : t("nothing");
    }
  }
  onMounted(reload);
  watch(() => state.online, (online) => { if (online) void reload(); });
  return { data, note, reload };
}
