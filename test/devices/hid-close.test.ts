import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { umockdevWrap } from '../../src/devices/simulators/reader/testbed.ts'
import {
  type StartedSimulator,
  startSimulator,
} from '../../src/devices/simulators/start-simulator.ts'

const program = fileURLToPath(new URL('./hid-close-program.ts', import.meta.url))
let folder: string
let simulator: StartedSimulator

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hid-close-'))
  const on = join(folder, 'reader')
  simulator = await startSimulator({ device: 'reader', protocol: 'hid-pos', on })
})

afterEach(async () => {
  await simulator.stop()
  rmSync(folder, { recursive: true, force: true })
})

it('closes a device that it has only just opened, without ending the process', async () => {
  const [command = '', ...args] = umockdevWrap(join(folder, 'reader'), [process.execPath, program])
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const [said, complained, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ])
  expect(complained).toBe('')
  expect(said).toBe('done\n')
  expect(exitCode).toBe(0)
})
