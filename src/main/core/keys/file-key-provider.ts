import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { writeDurableFile } from '../../store/durable-file.ts'
import { privateFolder } from '../../store/private-folder.ts'
import type { KeyProvider, KeysResult } from './key-provider.ts'
import { newKeysFile, parseKeysFile } from './keys-file.ts'

export const keysFileName = 'keys.json'

/** For the demo: `keys.json` with mode 0600, made at the first start. Whoever has the disk has these keys. */
export function fileKeyProvider(folder: string): KeyProvider {
  const path = join(folder, keysFileName)
  return {
    async load() {
      const found = await readPrivateFile(path)
      if (found.ok) return parseKeysFile(found.text, path)
      if (found.code !== 'KEYS_MISSING') return found
      const text = newKeysFile()
      privateFolder(folder)
      await writeDurableFile(path, text)
      return parseKeysFile(text, path)
    },
  }
}

/** One descriptor for the check and the reading, so that nobody swaps the file in between. */
async function readPrivateFile(
  path: string,
): Promise<{ readonly ok: true; readonly text: string } | Extract<KeysResult, { ok: false }>> {
  let file: Awaited<ReturnType<typeof open>>
  try {
    file = await open(path, 'r')
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    return missing
      ? { ok: false, code: 'KEYS_MISSING', message: `${path} does not exist` }
      : { ok: false, code: 'KEYS_UNREADABLE', message: `${path} cannot be read` }
  }
  try {
    const { mode } = await file.stat()
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      return {
        ok: false,
        code: 'KEYS_NOT_PRIVATE',
        message: `${path} can be read by others (mode ${(mode & 0o777).toString(8)}): chmod 600, or better: new keys`,
      }
    }
    return { ok: true, text: await file.readFile('utf8') }
  } finally {
    await file.close()
  }
}
