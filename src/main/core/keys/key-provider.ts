import type { KioskKeys } from './kiosk-keys.ts'

export type KeysResult =
  | { readonly ok: true; readonly keys: KioskKeys }
  | {
      readonly ok: false
      readonly code: 'KEYS_MISSING' | 'KEYS_UNREADABLE' | 'KEYS_NOT_PRIVATE' | 'KEYS_MALFORMED'
      /** One sentence for the technician; never key material. */
      readonly message: string
    }

/** Where the secret keys come from. Nothing else in the kiosk reads them. */
export interface KeyProvider {
  load(): Promise<KeysResult>
}
