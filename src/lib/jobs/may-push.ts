/** May this person push, by the setting *Who may push*? Emails compare without case and outer blanks; an empty list: nobody. */
export function mayPush(whoMayPush: readonly string[], email: string): boolean {
  const wanted = email.trim().toLowerCase();
  return wanted !== '' && whoMayPush.some((one) => one.trim().toLowerCase() === wanted);
}
