import type { KioskConfig } from '../config/kiosk-config.ts'
import { fileKeyProvider } from './file-key-provider.ts'
import type { KeyProvider } from './key-provider.ts'
import { systemdKeyProvider } from './systemd-key-provider.ts'

export function configuredKeyProvider({ keys }: Pick<KioskConfig, 'keys'>): KeyProvider {
  return keys.provider === 'file'
    ? fileKeyProvider(keys.folder)
    : systemdKeyProvider(process.env.CREDENTIALS_DIRECTORY, keys.credential)
}
