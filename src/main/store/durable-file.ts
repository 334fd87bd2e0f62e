import { open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fsyncFolder } from './fsync-folder.ts'
import type { StoreTap } from './store-tap.ts'

export interface DurableFileOptions {
  /** Permission bits of the file; owner only unless told. */
  readonly mode?: number
  readonly tap?: StoreTap | undefined
}

/**
 * Writes a whole file so that after a crash at any moment the old content or the new is there, never a part:
 * temporary file, fsync, rename, fsync of the folder.
 */
export async function writeDurableFile(
  path: string,
  data: string | Uint8Array,
  options: DurableFileOptions = {},
): Promise<void> {
  const { mode = 0o600, tap } = options
  const folder = dirname(path)
  const temporary = join(folder, `${unfinishedPrefix(path)}${process.pid}.tmp`)
  await rm(temporary, { force: true })
  tap?.({ phase: 'before', effect: 'write:file' })
  try {
    const file = await open(temporary, 'wx', mode)
    try {
      await file.writeFile(data)
      tap?.({ phase: 'after', effect: 'write:file' })
      tap?.({ phase: 'before', effect: 'fsync:file' })
      await file.sync()
      tap?.({ phase: 'after', effect: 'fsync:file' })
    } finally {
      await file.close()
    }
    tap?.({ phase: 'before', effect: 'rename:file' })
    await rename(temporary, path)
    tap?.({ phase: 'after', effect: 'rename:file' })
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  tap?.({ phase: 'before', effect: 'fsync:folder' })
  fsyncFolder(folder)
  tap?.({ phase: 'after', effect: 'fsync:folder' })
}

/** Removes what a crash in the middle of a write of this file has left. Call before anybody writes it. */
export async function removeUnfinished(path: string): Promise<void> {
  const folder = dirname(path)
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  for (const name of names) {
    if (name.startsWith(unfinishedPrefix(path)) && name.endsWith('.tmp')) {
      await rm(join(folder, name), { force: true })
    }
  }
}

function unfinishedPrefix(path: string): string {
  return `.${basename(path)}.`
}
