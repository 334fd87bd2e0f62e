import { createHash } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { type TarFile, tar } from './tar.ts'

const compress = promisify(gzip)

export interface WrittenBundle {
  readonly file: string
  readonly bytes: number
}

/**
 * Writes an archive to what a technician carries away: fsynced, read back and compared, so that "safe to remove"
 * is true when it resolves. Rejects when the medium is full, gone or does not hold what was written.
 */
export async function writeSupportBundle(
  folder: string,
  name: string,
  files: readonly TarFile[],
  at: Date,
): Promise<WrittenBundle> {
  const archive = await compress(tar(files, at))
  const file = join(folder, `${name}.tar.gz`)
  const half = `${file}.part`
  await mkdir(folder, { recursive: true })
  try {
    const handle = await open(half, 'w', 0o600)
    try {
      await handle.writeFile(archive)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(half, file)
  } catch (error) {
    await rm(half, { force: true })
    throw error
  }
  await syncFolder(dirname(file))
  const back = await readFile(file)
  if (sha256(back) !== sha256(archive)) throw new Error('the medium does not hold what was written')
  return { file, bytes: archive.length }
}

async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
