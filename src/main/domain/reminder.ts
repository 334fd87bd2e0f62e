/**
 * A right ends with a day, so this long before is eight in the morning of the day before its last: by running
 * time, whatever the wall clock says.
 */
export const reminderBeforeMs = 40 * 3_600_000

/** Who has just been told needs no reminder. */
export function needsReminder(validMs: number): boolean {
  return validMs > reminderBeforeMs + 24 * 3_600_000
}
