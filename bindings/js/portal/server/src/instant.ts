/** A moment as the journal writes it, at the offset that the policy's days are taken at. */
export function instant(ms: number, offset = "+08:00"): string {
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(offset) ?? ["", "+", "0", "0"];
  const shift = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === "-" ? -1 : 1);
  return new Date(ms + shift).toISOString().replace(/\.\d+Z$/, offset);
}
