import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { KeyProvider } from './key-provider.ts'
import { parseKeysFile } from './keys-file.ts'

/**
 * For production: a credential that systemd decrypts (TPM where there is one) into memory of this service,
 * `LoadCredentialEncrypted=motcua`. `credentialsFolder` is `$CREDENTIALS_DIRECTORY`.
 */
export function systemdKeyProvider(
  credentialsFolder: string | undefined,
  credential = 'motcua',
): KeyProvider {
  return {
    async load() {
      if (credentialsFolder === undefined || credentialsFolder === '') {
        return {
          ok: false,
          code: 'KEYS_MISSING',
          message: 'CREDENTIALS_DIRECTORY is not set: start through systemd',
        }
      }
      const path = join(credentialsFolder, credential)
      try {
        return parseKeysFile(await readFile(path, 'utf8'), path)
      } catch (error) {
        const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
        return missing
          ? { ok: false, code: 'KEYS_MISSING', message: `systemd gave no credential ${credential}` }
          : { ok: false, code: 'KEYS_UNREADABLE', message: `${path} cannot be read` }
      }
    },
  }
}
