import type { Intent } from '../../contract/intent.ts'
import type { Language, Role } from '../../contract/roles.ts'
import type { Screen } from '../../contract/screen.ts'
import type { ScannedCode } from './reading.ts'

/** What is going on at the machine: one at a time. The session asks it for the screen and tells it events. */
export interface Activity {
  readonly role: Role
  screen(): Screen
  /** Whether a step back, and leaving altogether, would be taken now. Never while a door may be open. */
  can(): { readonly back: boolean; readonly leave: boolean }
  /** Returns whether the intention was taken. Roles, screen and stale screens are checked already. */
  intend(intent: Intent): boolean
  read(code: ScannedCode): void
  /** The small picture of a scanned page, JPEG, while its person may see it. */
  picture?(pageId: string): Uint8Array | undefined
  /** The screen ran out of time. An activity whose door side is not safe stays. */
  expire(): void
  stop(): void
}

/** What an activity may do to the session that hosts it. */
export interface ActivityHost {
  language(): Language
  changed(): void
  /** Back to idle, or on to the next activity. */
  end(next?: Activity): void
}
