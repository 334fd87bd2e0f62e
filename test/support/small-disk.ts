import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A real file system of its own, as small as a test wants it. */
export interface SmallDisk {
  readonly folder: string
  /** Leaves so many kilobytes; what was filled before is given back first. */
  fill(leaveKilobytes: number): void
  /** Leaves room for so many files. */
  fillFiles(leave: number): void
  free(): void
  /** Nothing but reading, as after an error of the disk. */
  readOnly(on: boolean): void
  unmount(): void
}

/** @throws when this is not run by root, who alone may mount */
export function mountSmallDisk(options: {
  readonly megabytes: number
  readonly inodes?: number
}): SmallDisk {
  if (process.getuid?.() !== 0) throw new Error('a file system of its own needs root: mount(8)')
  const folder = mkdtempSync(join(tmpdir(), 'small-disk-'))
  const limits = [`size=${options.megabytes}m`, options.inodes && `nr_inodes=${options.inodes}`]
  const mount = (...args: string[]) => execFileSync('mount', args, { stdio: 'pipe' })
  mount('-t', 'tmpfs', '-o', limits.filter(Boolean).join(','), 'tmpfs', folder)
  const filler = join(folder, 'filler')
  const manyFiles = join(folder, 'many-files')
  const free = () => {
    rmSync(filler, { force: true })
    rmSync(manyFiles, { recursive: true, force: true })
  }
  return {
    folder,
    fill(leaveKilobytes) {
      free()
      const { bavail, bsize } = statfsSync(folder)
      const bytes = Math.max(0, bavail * bsize - leaveKilobytes * 1_024)
      try {
        writeFileSync(filler, Buffer.alloc(bytes))
      } catch (error) {
        // Somebody else took some of it meanwhile; what was written stays, and nothing is left.
        const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC'
        if (!isFull) throw error
      }
    },
    fillFiles(leave) {
      free()
      mkdirSync(manyFiles)
      for (let index = statfsSync(folder).ffree - leave; index > 0; index -= 1) {
        writeFileSync(join(manyFiles, String(index)), '')
      }
    },
    free,
    readOnly: (on) => void mount('-o', `remount,${on ? 'ro' : 'rw'}`, folder),
    unmount() {
      execFileSync('umount', ['-l', folder], { stdio: 'pipe' })
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
