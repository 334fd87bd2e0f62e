import type { Person } from '../../contract/province/sealed.ts'
import type { IdentityWarning } from './intake/draft.ts'

/** What was held to the reader, understood as far as it can be without asking the store. */
export type ScannedCode =
  | {
      readonly kind: 'card'
      readonly person: Person
      readonly warnings: readonly IdentityWarning[]
    }
  /** `valid`: signed by a key of this machine. */
  | {
      readonly kind: 'slip'
      readonly intakeId: string
      readonly thisKiosk: boolean
      readonly valid: boolean
    }
  | { readonly kind: 'collectionQr'; readonly thisKiosk: boolean; readonly payload: string }
  | { readonly kind: 'bag'; readonly code: string }
  | { readonly kind: 'badge'; readonly payload: string }
  | { readonly kind: 'dossierCode'; readonly code: string }
  /** `foreign`: a sound code of somebody else's; otherwise nothing that could be read. */
  | { readonly kind: 'garbage'; readonly foreign: boolean }
