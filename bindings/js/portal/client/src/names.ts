// Who and what the ids stand for, as far as this person's roster goes.
import { computed } from "vue";
import type { CadreRow, Finding, HouseholdRow, UnitRow } from "wuzhang";
import { docs } from "./rules";
import { state } from "./api";
import { say, t, word } from "./words";

const byId = <T extends { id: string }>(rows: readonly T[] | undefined): Map<string, T> => new Map((rows ?? []).map((row) => [row.id, row]));
export const units = computed(() => byId<UnitRow>(docs.value?.roster.units));
export const people = computed(() => byId<CadreRow>(docs.value?.roster.cadres));
export const households = computed(() => byId<HouseholdRow>(docs.value?.roster.households));
export const mine = computed(() => people.value.get(state.person));
/** The unit of somebody, with the village for a group. */
export const myUnit = computed(() => {
  const unit = units.value.get(mine.value?.unit ?? "");
  return unit?.kind === "group" ? (units.value.get(unit.parent ?? "") ?? unit) : unit;
});

export function unitName(id: string): string {
  const unit = units.value.get(id);
  if (unit === undefined) return id;
  const above = unit.kind === "group" ? units.value.get(unit.parent ?? "") : undefined;
  return (above?.name ?? "") + unit.name;
}
export function personName(id: string): string {
  const row = people.value.get(id);
  if (row === undefined) return id;
  const [post] = row.posts ?? [];
  return t("bracketed", row.name, word(post ?? row.level ?? ""));
}
export function nameOf(id: string | null | undefined): string {
  if (!id) return "";
  if (people.value.has(id)) return personName(id);
  const household = households.value.get(id);
  if (household !== undefined) return `${household.name} · ${unitName(household.unit)}`;
  return unitName(id);
}
/** Whether there is a name for it at all; some ids, as those of sheets, are nobody's to read. */
export const hasName = (id: string | null | undefined): boolean => Boolean(id) && (people.value.has(id as string) || households.value.has(id as string) || units.value.has(id as string));
/** A finding's message with names in the place of ids. */
export function explained(finding: Finding): string {
  return say(finding.message).replace(/[A-Za-z0-9][A-Za-z0-9._:-]*/g, (id) => (people.value.has(id) ? personName(id) : (households.value.get(id)?.name ?? units.value.get(id)?.name ?? id)));
}
/** People to choose from: of the unit, of those above it and of its departments first. */
export const peopleOf = (unit: string): CadreRow[] => [...people.value.values()].filter((row) => row.unit === unit || units.value.get(row.unit)?.parent === unit && units.value.get(row.unit)?.kind === "group");
