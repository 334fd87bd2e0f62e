import { existsSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { privateFolder } from './private-folder.ts'

const pieces = 32
/** Below this a start or a commit may fail. */
const emptyBytes = 2 * 2 ** 20
const emptyFiles = 16

/**
 * Room that is kept for a disk which somebody else has filled: given back when nothing is left, so that core can
 * start, end what it has begun, hand out results and say that the disk is full. Pieces, for files run out too.
 */
export interface Ballast {
  /** Gives it back when there is nothing else. @returns whether there was some to give */
  releaseIfEmpty(): boolean
  /** Takes it again, where the room is more than enough. */
  restore(): Promise<void>
}

/** @param bytes in all; what a file system does not have is not taken */
export function createBallast(dataFolder: string, bytes: number): Ballast {
  const folder = join(dataFolder, 'ballast')
  const pieceBytes = Math.floor(bytes / pieces)
  const nameOf = (index: number) => join(folder, `piece-${index}`)
  return {
    releaseIfEmpty() {
      if (!existsSync(folder)) return false
      const { bavail, bsize, ffree, files } = statfsSync(folder)
      const isEmpty = bavail * bsize < emptyBytes || (files > 0 && ffree < emptyFiles)
      if (!isEmpty || readdirSync(folder).length === 0) return false
      for (const name of readdirSync(folder)) rmSync(join(folder, name), { force: true })
      return true
    },
    async restore() {
      try {
        privateFolder(folder)
        const block = Buffer.alloc(pieceBytes, 0x5a)
        for (let index = 0; index < pieces; index += 1) {
          if (!existsSync(nameOf(index))) await writePiece(nameOf(index), block)
        }
      } catch {
        // Less than there should be is still more than nothing.
      }
    },
  }
}

async function writePiece(path: string, block: Buffer): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(block)
    await file.sync()
  } finally {
    await file.close()
  }
}
