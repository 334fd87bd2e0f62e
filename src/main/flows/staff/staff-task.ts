import type { Intent } from '../../../contract/intent.ts'
import type { Screen } from '../../../contract/screen.ts'
import type { ScannedCode } from '../reading.ts'

/** One kind of work of an officer, from the menu and back to it. */
export interface StaffTask {
  screen(): Screen
  /** Returns whether the intention was taken. `session.back` is asked only while `canBack`. */
  intend(intent: Intent): boolean
  read(code: ScannedCode): void
  /** False while a door may be open: nobody leaves then. */
  isDoorClosed(): boolean
  canBack(): boolean
  stop(): void
}

export interface StaffTaskHost {
  changed(): void
  /** Back to the menu. */
  leave(): void
}
