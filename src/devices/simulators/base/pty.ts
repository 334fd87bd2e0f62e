import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, constants, lstatSync, openSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createInterface } from 'node:readline'

export interface Pty {
  /** Stable path at which the driver opens the device: a symlink to the terminal of the moment. */
  readonly path: string
  readonly plugged: () => boolean
  onData(listener: (bytes: Uint8Array) => void): void
  /** Bytes to the driver; dropped when unplugged, as on a cut cable. */
  write(bytes: Uint8Array): void
  /** A device whose buffer is full takes nothing: writes of the driver get stuck once the line is full. */
  holdInput(on: boolean): void
  /** The device appears at its path. */
  plug(): Promise<void>
  /** The path disappears and an open port sees a hang-up. */
  unplug(): Promise<void>
}

interface Terminal {
  readonly socat: ChildProcess
  /** Our own handle: socat ends when the last one is closed, and drivers come and go. */
  readonly holder: number
}

/** Starts socat and resolves with the terminal's path, `/dev/pts/N`. Rejects when socat is not installed. */
async function startSocat(): Promise<{ readonly socat: ChildProcess; readonly terminal: string }> {
  const socat = spawn('socat', ['-d', '-d', 'STDIO', 'PTY,raw,echo=0'], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const terminal = await new Promise<string>((resolve, reject) => {
    socat.once('error', (error) =>
      reject(new Error(`cannot start socat (Debian package socat): ${error.message}`)),
    )
    socat.once('exit', (code) => reject(new Error(`socat ended with ${code}`)))
    let found: string | undefined
    createInterface({ input: socat.stderr }).on('line', (line) => {
      found ??= /PTY is (\S+)/.exec(line)?.[1]
      if (found !== undefined && line.includes('starting data transfer loop')) resolve(found)
    })
  })
  return { socat, terminal }
}

async function endSocat(socat: ChildProcess): Promise<void> {
  if (socat.exitCode !== null || socat.signalCode !== null) return
  const ended = new Promise<void>((resolve) => socat.once('exit', () => resolve()))
  socat.kill('SIGTERM')
  await ended
}

function isOurs(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false })
  return found === undefined || found.isSymbolicLink()
}

/** A serial device for tests and demo; unplugged until `plug`. Refuses a path at which something real lies. */
export function pty(path: string): Pty {
  if (!isOurs(path)) throw new Error(`${path} exists and is no symlink; choose another path`)
  const dataListeners: ((bytes: Uint8Array) => void)[] = []
  let current: Terminal | undefined

  const release = (terminal: Terminal): void => {
    current = undefined
    rmSync(path, { force: true })
    closeSync(terminal.holder)
  }

  return {
    path,
    plugged: () => current !== undefined,
    onData: (listener) => dataListeners.push(listener),
    write(bytes) {
      const input = current?.socat.stdin
      if (input?.writable) input.write(bytes)
    },
    holdInput(on) {
      const output = current?.socat.stdout
      if (on) output?.pause()
      else output?.resume()
    },
    async plug() {
      if (current !== undefined) return
      const { socat, terminal } = await startSocat()
      const holder = openSync(terminal, constants.O_RDWR | constants.O_NOCTTY)
      const mine: Terminal = { socat, holder }
      current = mine
      socat.stdin?.on('error', () => undefined)
      socat.stdout?.on('data', (chunk: Buffer) => {
        if (current === mine) for (const listener of dataListeners) listener(chunk)
      })
      socat.once('exit', () => {
        if (current === mine) release(mine)
      })
      // Renamed into place: a driver that looks at the path sees the old one, none, or the new one.
      rmSync(`${path}.new`, { force: true })
      symlinkSync(terminal, `${path}.new`)
      renameSync(`${path}.new`, path)
    },
    async unplug() {
      if (current === undefined) return
      const { socat } = current
      release(current)
      await endSocat(socat)
    },
  }
}
