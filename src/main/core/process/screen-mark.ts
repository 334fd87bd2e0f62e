import { openTextMark } from './text-mark.ts'

/**
 * Which matter (a dossier or a right, by its number) is on the screen. After a crash only this one may come
 * back to it: an older one, whose person has gone, is settled behind it. Not fsynced: it has to survive the
 * process only.
 */
export interface ScreenMark {
  /** What was on the screen when the last core ended; undefined when nothing was. */
  readonly last: string | undefined
  /** Call before the matter's first effect. */
  note(matter: string): void
  clear(): void
}

export const openScreenMark: (path: string) => ScreenMark = openTextMark
