import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import {
  deviceDescription,
  hidDevicePath,
  ioctlAnswers,
  type SimulatedIdentity,
  testbedNode,
} from './testbed-files.ts'

export interface Testbed {
  /** What whoever looks for devices reads from sysfs from now on. */
  showDescriptor(descriptor: Uint8Array): void
  close(): Promise<void>
}

const rootFileOf = (on: string) => `${on}.testbed`

/**
 * A world in which `/dev/hidraw7` is a USB HID device: sysfs and ioctls from umockdev, the bytes from whatever
 * lies at `on` (our PTY; nothing while unplugged). umockdev-run's own program only waits, so that any number
 * of processes can live in the testbed, one after another or at once, each started with `umockdevWrap`.
 */
export async function openTestbed(
  on: string,
  identity: SimulatedIdentity,
  descriptor: Uint8Array,
): Promise<Testbed> {
  const descriptionFile = `${on}.umockdev`
  const ioctlFile = `${on}.ioctl`
  writeFileSync(descriptionFile, deviceDescription(identity, descriptor))
  writeFileSync(ioctlFile, ioctlAnswers(descriptor))

  // `cat` ends with our end of its pipe, however we end; umockdev-run then removes the testbed.
  const script = `ln -sfn "$0" "$UMOCKDEV_DIR/dev/${testbedNode}" && echo "$UMOCKDEV_DIR" && exec cat >/dev/null`
  const child = spawn(
    'umockdev-run',
    ['-d', descriptionFile, '-i', `/dev/${testbedNode}=${ioctlFile}`, '--', 'sh', '-c', script, on],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  const root = await firstLine(child)
  writeFileSync(rootFileOf(on), root)
  return {
    showDescriptor: (shown) =>
      writeFileSync(join(root, 'sys', hidDevicePath(identity), 'report_descriptor'), shown),
    async close() {
      rmSync(rootFileOf(on), { force: true })
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
      child.stdin?.end()
      await ended
    },
  }
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) =>
      reject(new Error(`cannot start umockdev-run (Debian package umockdev): ${error.message}`)),
    )
    child.once('exit', (code) => reject(new Error(`umockdev-run ended with ${code}`)))
    if (child.stdout !== null) createInterface({ input: child.stdout }).once('line', resolve)
  })
}

/**
 * What a process needs in its environment to live in the testbed of the reader simulator at `on`; its child
 * processes inherit it. Throws when that simulator does not run.
 */
export function umockdevEnvironment(on: string): Readonly<Record<string, string>> {
  return {
    LD_PRELOAD: 'libumockdev-preload.so.0',
    UMOCKDEV_DIR: readFileSync(rootFileOf(on), 'utf8'),
  }
}

/** The command line that runs `command` in the testbed. `env` becomes the command: signals meet it directly. */
export function umockdevWrap(on: string, command: readonly string[]): readonly string[] {
  const settings = Object.entries(umockdevEnvironment(on)).map(
    ([name, value]) => `${name}=${value}`,
  )
  return ['env', ...settings, ...command]
}
