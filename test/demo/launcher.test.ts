import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import {
  isStillRunning,
  type ProcessIdentity,
  processesWithEnvironment,
  processTree,
} from '../support/processes.ts'

const root = path.resolve(import.meta.dirname, '../..')

interface Demo {
  readonly npm: ChildProcess
  readonly lines: readonly string[]
  /** All that ran when it was up. */
  readonly processes: readonly ProcessIdentity[]
  readonly launcher: ProcessIdentity
}

let folder: string
let marker: string
let npm: ChildProcess | undefined
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'demo-'))
  marker = `MOTCUA_TEST_RUN=${randomUUID()}`
})
afterEach(() => {
  for (const { pid } of processesWithEnvironment(marker)) process.kill(pid, 'SIGKILL')
  if (npm?.exitCode === null && npm.pid !== undefined && npm.signalCode === null) {
    process.kill(-npm.pid, 'SIGKILL')
  }
  rmSync(folder, { recursive: true, force: true })
})

/** `npm start` as a person does it, in a terminal's process group of its own. */
async function start(...args: readonly string[]): Promise<Demo> {
  const [name = '', value = ''] = marker.split('=')
  const child = spawn('npm', ['start', '--', '--data', folder, ...args], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '', [name]: value },
  })
  npm = child
  const lines: string[] = []
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`ended with ${code}:\n${lines.join('\n')}`)))
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line)
      if (line.startsWith('ready ')) resolve()
    })
  })
  const processes = [...processTree(child.pid ?? 0), ...processesWithEnvironment(marker)]
  const launcher = processes.find(({ command }) => /^node .*src\/demo\/main\.ts/.test(command))
  if (launcher === undefined) throw new Error('no launcher among the processes')
  return { npm: child, lines, processes, launcher }
}

/** A launcher that is expected to refuse. */
async function runToEnd(...args: readonly string[]) {
  const main = path.join(root, 'src/demo/main.ts')
  const child = spawn(process.execPath, [main, '--data', folder, ...args], { cwd: root })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text))
  const [code] = await once(child, 'close')
  return { code, said }
}

async function expectNothingLeft({ processes }: Demo): Promise<void> {
  const left = () => [...processes.filter(isStillRunning), ...processesWithEnvironment(marker)]
  await vi.waitFor(() => expect(left().map(({ command }) => command)).toEqual([]), {
    timeout: 20_000,
    interval: 50,
  })
}

function addressOf(demo: Demo, component: string): string {
  const line = demo.lines.find((each) => each.startsWith(component)) ?? ''
  return /http:\/\/\S+/.exec(line)?.[0] ?? ''
}

/** Whatever opens a screen, a panel or a province's page. */
function secretsOf(demo: Demo): readonly string[] {
  const fragments = ['kiosk', 'panel'].map((name) =>
    new URL(addressOf(demo, name)).hash.replace(/^#(token=)?/, ''),
  )
  const found = [...fragments]
  const visit = (value: unknown, key = ''): void => {
    if (typeof value === 'string') {
      if (/^(token|password|pin|badge)$/.test(key)) found.push(value)
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries(value)) visit(inner, name)
    }
  }
  for (const file of [
    path.join(folder, 'kiosk.json'),
    path.join(root, 'config/demo/province.json'),
  ]) {
    visit(JSON.parse(readFileSync(file, 'utf8')))
  }
  return found.filter((secret) => secret !== '')
}

test('one line a component, all of it up, no second one beside it, and Ctrl-C leaves no process', async () => {
  const demo = await start()
  for (const name of [
    'province',
    'printer',
    'locker',
    'reader',
    'scanner',
    'kiosk',
    'screen',
    'panel',
  ]) {
    expect(demo.lines.filter((line) => line.startsWith(`${name} `))).toHaveLength(1)
  }
  const seconds = Number(/in ([\d.]+) s/.exec(demo.lines.at(-1) ?? '')?.[1])
  expect(seconds).toBeLessThan(10)
  for (const component of ['province', 'kiosk', 'panel']) {
    expect((await fetch(addressOf(demo, component))).status).toBe(200)
  }
  expect(demo.processes.map(({ command }) => command).join('\n')).toMatch(/socat[\s\S]*--headless/)

  // Everybody on this machine can read a command line.
  const secrets = secretsOf(demo)
  expect(secrets.length).toBeGreaterThan(5)
  for (const { command } of demo.processes) {
    for (const secret of secrets) expect(command).not.toContain(secret)
  }

  const second = await runToEnd('--fresh')
  expect(second).toMatchObject({ code: 1, said: expect.stringContaining('already runs') })
  expect((await fetch(addressOf(demo, 'kiosk'))).status).toBe(200)
  expect(readdirSync(folder)).toContain('kiosk.json')

  process.kill(-(demo.npm.pid ?? 0), 'SIGINT')
  await once(demo.npm, 'exit')
  await expectNothingLeft(demo)
  expect(readdirSync(folder)).not.toContain('temporary')
})

test('a killed launcher leaves no process', async () => {
  const demo = await start()
  process.kill(demo.launcher.pid, 'SIGKILL')
  await once(demo.npm, 'exit')
  await expectNothingLeft(demo)
})

test('npm killed alone takes the machine with it', async () => {
  const demo = await start('--no-browser')
  demo.npm.kill('SIGKILL')
  await expectNothingLeft(demo)
})
