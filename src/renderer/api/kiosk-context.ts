import { createContext, useContext } from 'react'
import type { Answer } from '../../contract/contract.ts'
import type { Intent } from '../../contract/intent.ts'
import type { Snapshot } from '../../contract/snapshot.ts'
import type { Text } from '../i18n/text.ts'

/** What every screen may use. */
export interface Kiosk {
  readonly snapshot: Snapshot
  /** Text in the session's language. */
  readonly text: Text
  /** Tells core what was wanted on the screen that is shown now. */
  readonly send: (intent: Intent) => Promise<Answer | undefined>
  /** A scanned page that may be seen on this screen: JPEG in base64, else null. */
  readonly picture: (pageId: string) => Promise<string | null>
}

export const KioskContext = createContext<Kiosk | undefined>(undefined)

export function useKiosk(): Kiosk {
  const kiosk = useContext(KioskContext)
  if (kiosk === undefined) throw new Error('Used outside of a kiosk')
  return kiosk
}
