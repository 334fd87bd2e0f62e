import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { umockdevWrap } from '../devices/simulators/reader/testbed.ts'
import {
  type Chromium,
  type ChromiumOptions,
  findChromium,
  hasDisplay,
  openChromium,
} from '../main/host/chromium.ts'
import type { DemoCommand } from './command-line.ts'
import { startComponent } from './component.ts'
import {
  demoConfigFolder,
  fetchProvinceKeys,
  readDemoStaff,
  writeDemoConfig,
} from './demo-config.ts'
import { demoDeviceNames, devicePath, isDemoRunning, startDemoDevices } from './demo-devices.ts'
import { demoFolders, prepareFolders } from './demo-folders.ts'
import { chooseScreen, electronCommand, ensureShell } from './electron.ts'
import type { Guard } from './guard.ts'
import { createNetworkCut } from './network-cut.ts'
import { startPanel } from './panel/panel-server.ts'

export interface DemoParts {
  readonly guard: Guard
  readonly say: (component: string, line: string) => void
  /** Ends what was started, the newest first. */
  readonly onStop: (stop: () => Promise<void>) => void
  /** Something that must run has ended by itself. */
  readonly onEnded: (component: string, how: string) => void
}

/** An Electron that says nothing for so long gives way to the host. */
const electronReadyMs = 8_000

const source = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url))

/** Brings up the province, the simulated hardware, the kiosk, its screen and the demo panel. */
export async function startDemo(command: DemoCommand, parts: DemoParts): Promise<void> {
  const { guard, say, onStop, onEnded } = parts
  const folders = demoFolders(command.dataFolder)
  if (await isDemoRunning(folders)) throw new Error(`a demo already runs in ${folders.root}`)
  prepareFolders(folders, command.fresh)
  const port = (offset: number) => (command.port === 0 ? 0 : command.port + offset)
  const inFolder = (name: string) => {
    const near = path.relative(process.cwd(), path.join(folders.root, name))
    return near.startsWith('..') ? path.join(folders.root, name) : near
  }

  const startProvince = async () => {
    const config = path.join(demoConfigFolder, 'province.json')
    const province = await startComponent(
      {
        name: 'province',
        command: [
          ...[process.execPath, source('province/main.ts'), '--demo', '--config', config],
          ...['--data', folders.province, '--port', String(port(2))],
        ],
        logFile: path.join(folders.logs, 'province.log'),
        ready: /http:\/\/[^\s/]+/,
      },
      guard,
    )
    onStop(province.stop)
    void province.ended.then((how) => onEnded('province', how))
    return province.matched[0]
  }
  const startDevices = async () => {
    const devices = await startDemoDevices(folders)
    for (const name of demoDeviceNames) {
      guard.watch(devices[name].pid)
      onStop(async () => {
        await devices[name].stop()
        guard.forget(devices[name].pid)
      })
    }
    return devices
  }
  const [provinceUrl, devices] = await Promise.all([startProvince(), startDevices()])
  const users = readDemoStaff().users.map((user) => `${user.name} / ${user.password ?? '(hidden)'}`)
  say('province', `${provinceUrl}  sign in as ${users.join(' or ')}`)
  for (const name of demoDeviceNames) {
    say(name, `simulated at ${inFolder(`devices/${name}`)} (process ${devices[name].pid})`)
  }

  const { hostname, port: provincePort } = new URL(provinceUrl)
  const network = await createNetworkCut({ host: hostname, port: Number(provincePort) })
  onStop(network.close)
  const config = writeDemoConfig(folders, {
    provinceUrl: `http://127.0.0.1:${network.port}`,
    keys: await fetchProvinceKeys(provinceUrl),
    paths: {
      printer: devicePath(folders, 'printer'),
      locker: devicePath(folders, 'locker'),
      scanner: devicePath(folders, 'scanner'),
    },
    screenPort: port(0),
  })

  const panel = await startPanel({
    port: port(1),
    config,
    devices,
    network,
    provinceUrl,
    slipFolder: folders.slips,
    memoryFile: path.join(folders.root, 'panel.json'),
  })
  onStop(panel.close)

  const startKiosk = async (
    kioskCommand: readonly string[],
    ready: RegExp,
    readyTimeoutMs?: number,
  ) => {
    const kiosk = await startComponent(
      {
        name: 'kiosk',
        command: umockdevWrap(devicePath(folders, 'reader'), kioskCommand),
        logFile: path.join(folders.logs, 'kiosk.log'),
        ready,
        ...(readyTimeoutMs !== undefined && { readyTimeoutMs }),
      },
      guard,
    )
    onStop(kiosk.stop)
    void kiosk.ended.then((how) => onEnded('kiosk', how))
    return kiosk
  }
  const where = (pid: number) => `(process ${pid}, log ${inFolder('logs/kiosk.log')})`

  /** Why Electron does not carry the screen; undefined when it does. */
  const startInElectron = async (): Promise<string | undefined> => {
    const electron = await chooseScreen({ ...command, hasDisplay: hasDisplay() })
    if ('missing' in electron) return electron.missing
    try {
      await ensureShell((line) => say('screen', line))
      const { configFile } = folders
      const profileFolder = path.join(folders.temporary, 'electron')
      const kiosk = await startKiosk(
        electronCommand(electron.executable, { ...command, configFile, profileFolder }),
        /core ready/,
        electronReadyMs,
      )
      say('kiosk', `in Electron ${where(kiosk.pid)}`)
      say('screen', `Electron, ${electron.executable}`)
      return undefined
    } catch (error) {
      const lines = (error instanceof Error ? error.message : String(error)).trim().split('\n')
      return `it did not start: ${lines[0]}: ${lines.at(-1)}`
    }
  }
  const whyNot = await startInElectron()
  if (whyNot === undefined) {
    await openBrowsers(command, { panelUrl: panel.url, parts, temporary: folders.temporary })
    return
  }
  const kiosk = await startKiosk(
    [process.execPath, source('main/host/main.ts'), '--config', folders.configFile, '--no-browser'],
    /^host\s+(http:\/\/\S+)/,
  )
  const screenUrl = kiosk.matched[1] ?? ''
  say('kiosk', `${screenUrl}  ${where(kiosk.pid)}`)
  await openBrowsers(command, {
    screen: { url: screenUrl, whyNotElectron: whyNot },
    panelUrl: panel.url,
    parts,
    temporary: folders.temporary,
  })
}

async function openBrowsers(
  command: DemoCommand,
  to: {
    /** The page of the host; undefined where Electron shows the screen. */
    readonly screen?: { readonly url: string; readonly whyNotElectron: string }
    readonly panelUrl: string
    readonly parts: DemoParts
    readonly temporary: string
  },
): Promise<void> {
  const { guard, say, onStop } = to.parts
  const executable = command.browser ? findChromium() : undefined
  // Browser profiles go where the next start and the guardian sweep.
  process.env.TMPDIR = to.temporary
  guard.watchFolder(to.temporary)
  /** The token of an address goes another way than its command line. */
  const open = async (
    address: string,
    name: string,
    options: Omit<ChromiumOptions, 'url' | 'session'>,
  ): Promise<Chromium> => {
    const url = new URL(address)
    const token = url.hash.replace(/^#(token=)?/, '')
    url.hash = ''
    const session = { name, token }
    const browser = await openChromium(executable ?? '', { ...options, url: url.href, session })
    const { pid } = browser
    if (pid !== undefined) guard.watch(pid)
    onStop(async () => {
      await browser.close()
      if (pid !== undefined) guard.forget(pid)
    })
    return browser
  }
  const sayScreen = (line: string) =>
    say('screen', `${line}; not in Electron: ${to.screen?.whyNotElectron}`)
  if (executable === undefined) {
    if (to.screen) sayScreen('no browser opened: open the address of the kiosk in one')
    say('panel', to.panelUrl)
    return
  }
  if (!hasDisplay()) {
    if (to.screen) {
      await open(to.screen.url, 'motcua_screen', { mode: 'headless' })
      sayScreen(`${executable}, headless: there is no display`)
    }
    say('panel', to.panelUrl)
    return
  }
  if (to.screen) {
    const mode = command.windowed ? 'window' : 'kiosk'
    await open(to.screen.url, 'motcua_screen', { mode, widthPx: 608, heightPx: 1080 })
    sayScreen(`${executable}, ${mode}`)
  }
  const panelWindow = { mode: 'window', widthPx: 1280, heightPx: 1000, leftPx: 620 } as const
  await open(to.panelUrl, 'motcua_panel', panelWindow)
  say('panel', to.panelUrl)
}
