import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { shellChannels } from '../../src/contract/shell.ts'
import { pageUrl, stoppedUrl } from '../../src/main/shell/app-scheme.ts'
import type { FramePart } from '../../src/main/shell/electron-parts.ts'
import { coreSteadyMs, screenRetryMs } from '../../src/main/shell/run-shell.ts'
import { longestSilenceMs } from '../../src/main/shell/screen-supervisor.ts'
import { standInElectron } from './stand-in/electron.ts'
import {
  type BenchOptions,
  buildPreload,
  openBridge,
  type ShellBench,
  startShell,
} from './support/shell-bench.ts'

let preload: Awaited<ReturnType<typeof buildPreload>>
beforeAll(async () => {
  preload = await buildPreload()
})
afterAll(() => preload.remove())

let bench: ShellBench
const start = async (options: BenchOptions = {}) => {
  bench = await startShell(preload.file, options)
}
afterEach(() => bench.stop())

const patience = { timeout: 15_000, interval: 10 }
const coreReady = (times = 1) =>
  expect
    .poll(() => bench.said.filter((line) => line.startsWith('core ready')).length, patience)
    .toBe(times)
const page = () => bench.window().webContents
const loads = (url: string) => page().loaded.filter((one) => one === url).length

/** Kills core and waits until the shell knows. */
async function killCore(): Promise<void> {
  const before = bench.said.length
  process.kill(bench.electron.cores.at(-1)?.pid ?? 0, 'SIGKILL')
  await expect.poll(() => bench.said.slice(before).join(), patience).toContain('core ended')
}

describe('page and core', () => {
  beforeEach(() => start({ core: { screen: 'depositDoor-open' } }))

  it('speak the contract over one port, which the shell does not keep', async () => {
    const bridge = openBridge(bench)
    await expect.poll(() => bridge.state.snapshot?.screen.name, patience).toBe('depositDoor')
    const screenId = bridge.state.snapshot?.screenId ?? ''
    const intent = { path: 'session.setLanguage', input: { language: 'en' } } as const
    expect(await bridge.send(screenId, intent)).toEqual({ taken: true })
    await expect.poll(() => bridge.state.snapshot?.language, patience).toBe('en')
    const bad = { path: 'session.setLanguage', input: { language: 'xx' } } as never
    expect(await bridge.send(screenId, bad)).toEqual({ taken: false, code: 'INVALID' })
  })

  it('find each other again after core was killed, on the same screen', async () => {
    const bridge = openBridge(bench)
    await expect.poll(() => bridge.state.connected, patience).toBe(true)
    const { snapshot } = bridge.state
    await killCore()
    await expect.poll(() => bridge.state.connected, patience).toBe(false)
    await bench.clock.advance(1_000)
    await expect.poll(() => bridge.state.connected, patience).toBe(true)
    expect(bridge.state.snapshot?.screen).toEqual(snapshot?.screen)
    expect(bridge.state.snapshot?.coreId).not.toBe(snapshot?.coreId)
    expect(bench.coreStarts()).toHaveLength(2)
  })

  it('find each other again after the page was loaded anew', async () => {
    const first = openBridge(bench)
    await expect.poll(() => first.state.connected, patience).toBe(true)
    page().crash('crashed')
    await bench.clock.advance(1_000)
    expect(loads(pageUrl)).toBe(2)
    const second = openBridge(bench)
    await expect.poll(() => second.state.snapshot?.screen.name, patience).toBe('depositDoor')
    expect(bench.coreStarts()).toHaveLength(1)
  })

  it('a page that speaks something else loses its port, and core nothing', async () => {
    await coreReady()
    const one = page().page
    const ports: MessagePort[] = []
    one?.window.addEventListener('message', ({ ports: arrived }) => ports.push(...arrived))
    one?.shell.connect()
    await expect.poll(() => ports.length, patience).toBe(1)
    const closed = new Promise((resolve) => ports[0]?.addEventListener('close', resolve))
    ports[0]?.start()
    ports[0]?.postMessage({ unlock: 5 })
    await closed
    const bridge = openBridge(bench)
    await expect.poll(() => bridge.state.connected, patience).toBe(true)
    expect(bench.coreStarts()).toHaveLength(1)
  })
})

describe('core', () => {
  it('starts without the suspect device after three crashes in a minute, then shows the static page', async () => {
    await start()
    for (let crash = 1; crash <= 5; crash += 1) {
      await coreReady(crash)
      expect(bench.said.join()).not.toContain('out of service')
      await killCore()
      await bench.clock.advance(5_000)
    }
    expect(bench.said).toContain('out of service: CORE_CRASH_LOOP')
    expect(page().page?.url).toBe(stoppedUrl)
    expect(page().page?.html).toContain('CORE_CRASH_LOOP')
    await coreReady(6)
    const safe = bench.coreStarts().map((line) => line.includes('--safe-start'))
    expect(safe).toEqual([false, false, false, true, true, true])

    await bench.clock.advance(coreSteadyMs)
    expect(page().page?.url).toBe(pageUrl)
  })

  it('that refuses its configuration is started again by a touch only', async () => {
    await start({ core: { exitWith: 78 } })
    await expect.poll(() => page().page?.html ?? '', patience).toContain('CORE_REFUSED_TO_START')
    await bench.clock.advance(600_000)
    expect(bench.electron.cores).toHaveLength(1)
    expect(loads(stoppedUrl)).toBe(1)

    bench.tellCore({ exitWith: undefined })
    page().attemptNavigation(pageUrl)
    await coreReady()
    expect(page().page?.url).toBe(pageUrl)
    const bridge = openBridge(bench)
    await expect.poll(() => bridge.state.snapshot?.screen.name, patience).toBe('idle')
  })

  it('ends in good order with the shell', async () => {
    await start()
    await coreReady()
    const pid = bench.electron.cores[0]?.pid ?? 0
    bench.electron.app.quit()
    await expect.poll(() => bench.electron.app.exitCode, patience).toBe(0)
    expect(() => process.kill(pid, 0)).toThrow()
    expect(bench.said.join()).not.toContain('core ended')
  })

  it('is a utility process that runs the source, with nothing but its configuration', async () => {
    await start()
    const [core] = bench.electron.cores
    expect(core?.modulePath).toMatch(/fake-core\.ts$/)
    expect(core?.options).toMatchObject({ serviceName: 'core', stdio: 'inherit' })
  })
})

describe('the page', () => {
  beforeEach(() => start())

  it('that falls silent is crashed and loaded again; one that beats is left alone', async () => {
    const beating = page().page?.shell
    for (let second = 0; second < 60; second += 1) {
      beating?.beat(true)
      await bench.clock.advance(1_000)
    }
    expect(loads(pageUrl)).toBe(1)
    await bench.clock.advance(longestSilenceMs + 2_000)
    expect(bench.said).toContain('screen silent')
    expect(loads(pageUrl)).toBe(2)
  })

  it('that does not respond is loaded again', async () => {
    bench.window().emit('unresponsive')
    await bench.clock.advance(1_000)
    expect(loads(pageUrl)).toBe(2)
  })

  it('that cannot live is replaced by the static page, which tries again by itself', async () => {
    for (let crash = 1; crash <= 5; crash += 1) {
      expect(page().page?.url).toBe(pageUrl)
      page().crash('oom')
      await bench.clock.advance(5_000)
    }
    expect(page().page?.html).toContain('SCREEN_CRASH_LOOP')
    await bench.clock.advance(screenRetryMs)
    expect(page().page?.url).toBe(pageUrl)
  })

  it('is loaded anew once a night, when nobody has been served for a minute', async () => {
    const spend = async (seconds: number, idle: boolean) => {
      for (let second = 0; second < seconds; second += 1) {
        page().page?.shell.beat(idle)
        await bench.clock.advance(1_000)
      }
    }
    await spend(120, true)
    bench.now = new Date(2026, 1, 10, 3, 30)
    page().page?.shell.beat(false)
    await spend(120, false)
    expect(loads(pageUrl)).toBe(1)
    await spend(59, true)
    expect(loads(pageUrl)).toBe(1)
    await spend(300, true)
    expect(loads(pageUrl)).toBe(2)
    bench.now = new Date(2026, 1, 10, 12, 0)
    await spend(120, true)
    expect(loads(pageUrl)).toBe(2)
    bench.now = new Date(2026, 1, 11, 3, 0)
    await spend(120, true)
    expect(loads(pageUrl)).toBe(3)
  })
})

describe('who may speak to the shell', () => {
  beforeEach(async () => {
    await start()
    await coreReady()
  })

  it('the top frame of the page and nobody else', () => {
    const refused: readonly (readonly [string, object | null, number])[] = [
      ['a frame within the page', { url: pageUrl, parent: {} }, 0],
      ['another address', { url: 'https://kiosk.example/', parent: null }, 0],
      ['the static page', { url: stoppedUrl, parent: null }, 0],
      ['a name that only begins like ours', { url: 'motcua://kiosk.example/', parent: null }, 0],
      ['other contents', { url: pageUrl, parent: null }, 1],
      ['a frame that is gone', null, 0],
    ]
    for (const [who, frame, otherId] of refused) {
      const given: unknown[] = []
      const postMessage = (...all: unknown[]) => given.push(all)
      const senderFrame = frame && ({ ...frame, postMessage } as unknown as FramePart)
      const sender = { id: page().id + otherId }
      const said = bench.said.length
      bench.electron.ipcMain.receive(sender, senderFrame, shellChannels.connect, [])
      bench.electron.ipcMain.receive(sender, senderFrame, shellChannels.beat, [{ idle: true }])
      expect(given, who).toEqual([])
      expect(bench.said.slice(said), who).toEqual(['denied sender', 'denied sender'])
    }
  })

  it('the page, with a beat of the declared shape only', () => {
    const frame = page().page?.frame ?? null
    for (const beat of [undefined, null, 'idle', { idle: 'yes' }, { idle: true, more: 1 }]) {
      const said = bench.said.length
      bench.electron.ipcMain.receive(page(), frame, shellChannels.beat, [beat])
      expect(bench.said.slice(said)).toEqual(['denied beat'])
    }
  })
})

describe('a second shell', () => {
  it('ends, opens no window and starts no core; the first comes to the front', async () => {
    const locks = new Set<string>()
    await start({ electron: standInElectron(locks) })
    const second = standInElectron(locks)
    const refused = await startShell(preload.file, { electron: second })
    expect(second.app.exitCode).toBe(1)
    expect([second.windows.length, second.cores.length]).toEqual([0, 0])
    await refused.stop()
    bench.electron.app.emit('second-instance')
    expect(bench.window().calls).toContain('focus')
  })
})

describe('a page that was never built', () => {
  it('is told to the technician', async () => {
    await start({ withoutPage: true })
    await expect.poll(() => page().page?.html ?? '', patience).toContain('SCREEN_MISSING')
  })
})
