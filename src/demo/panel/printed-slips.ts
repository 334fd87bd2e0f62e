import { execFile } from 'node:child_process'
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'

export interface PrintedSlip {
  readonly name: string
  readonly printedAtMs: number
  /** What a reader reads from its code; empty when there is none or nothing can read it. */
  readonly qr: string
}

export interface PrintedSlips {
  /** Newest first, at most ten. */
  newest(): Promise<readonly PrintedSlip[]>
  /** The picture, or nothing when there is no such slip. */
  picture(name: string): Promise<Buffer | undefined>
}

/** The PNG files that the printer simulator leaves. */
export function printedSlips(folder: string): PrintedSlips {
  const codes = new Map<string, Promise<string>>()
  return {
    async newest() {
      const names = (await readdir(folder)).filter((name) => name.endsWith('.png'))
      const files = await Promise.all(
        names.map(async (name) => {
          const { mtimeMs, size } = await stat(path.join(folder, name))
          return { name, mtimeMs, size }
        }),
      )
      const newest = files.sort((a, b) => b.mtimeMs - a.mtimeMs).slice(0, 10)
      return Promise.all(
        newest.map(async ({ name, mtimeMs, size }) => {
          // A hanging slip grows: read again when the file has changed.
          const key = `${name} ${mtimeMs} ${size}`
          const reading = codes.get(key) ?? readCode(path.join(folder, name))
          codes.set(key, reading)
          return { name, printedAtMs: mtimeMs, qr: await reading }
        }),
      )
    },
    async picture(name) {
      if (path.basename(name) !== name || !name.endsWith('.png')) return undefined
      return readFile(path.join(folder, name)).catch(() => undefined)
    },
  }
}

/** zbar-tools reads the picture as a reader would read the paper. */
function readCode(file: string): Promise<string> {
  return new Promise((resolve) => {
    const args = ['--quiet', '--raw', '-Sdisable', '-Sqrcode.enable', file]
    execFile('zbarimg', args, (error, stdout) => resolve(error ? '' : stdout.trimEnd()))
  })
}
