import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A real file system of its own, as small as a test wants it. */
export interface SmallDisk {
  readonly folder: string
  /** Leaves so many kilobytes; what was filled before is given back first. */
  fill(leaveKilobytes: number): void
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
  const free = () => rmSync(filler, { force: true })
  return {
    folder,
    fill(leaveKilobytes) {
      free()
      const { bavail, bsize } = statfsSync(folder)
      writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - leaveKilobytes * 1_024)))
    },
    free,
    readOnly: (on) => void mount('-o', `remount,${on ? 'ro' : 'rw'}`, folder),
    unmount() {
      execFileSync('umount', ['-l', folder], { stdio: 'pipe' })
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
