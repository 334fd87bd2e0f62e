import { chmodSync, lstatSync, mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'

export interface ScanFolder {
  readonly path: string
  /** False: pages in the clear would reach a disk. Production refuses, a demo warns. */
  readonly inMemory: boolean
  /** Removes every page in the clear. */
  wipePlaintext(): void
  /** Wiped, and gone. */
  remove(): void
}

/** statfs(2): tmpfs and ramfs live in memory; whether memory reaches an unencrypted swap is another check. */
const memoryFileSystems: readonly number[] = [0x0102_1994, 0x8584_58f6]

/**
 * The folder (0700) in which scanned pages lie in the clear until they are sealed, emptied: whatever an earlier
 * run left is gone.
 * @throws Error when the path is a link or belongs to somebody else: pages would go where another user looks
 */
export function openScanFolder(path: string): ScanFolder {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  const facts = lstatSync(path)
  if (!facts.isDirectory()) throw new Error(`${path} is no folder of its own`)
  const ourUser = process.getuid?.()
  if (ourUser !== undefined && facts.uid !== ourUser) {
    throw new Error(`${path} belongs to another user`)
  }
  chmodSync(path, 0o700)
  const wipePlaintext = (): void => {
    for (const name of readdirSync(path)) {
      rmSync(join(path, name), { recursive: true, force: true })
    }
  }
  wipePlaintext()
  const remove = () => rmSync(path, { recursive: true, force: true })
  return { path, inMemory: isInMemory(path), wipePlaintext, remove }
}

function isInMemory(path: string): boolean {
  return memoryFileSystems.includes(statfsSync(path).type)
}
