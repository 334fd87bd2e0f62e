import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { umockdevWrap } from '../devices/simulators/reader/testbed.ts'
import type { Chromium } from '../main/host/chromium.ts'
import { findChromium, hasDisplay, openChromium } from '../main/host/chromium.ts'
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
    paths: { printer: devicePath(folders, 'printer'), locker: devicePath(folders, 'locker') },
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

  const hostCommand = [
    ...[process.execPath, source('main/host/main.ts')],
    ...['--config', folders.configFile, '--no-browser'],
  ]
  const kiosk = await startComponent(
    {
      name: 'kiosk',
      command: umockdevWrap(devicePath(folders, 'reader'), hostCommand),
      logFile: path.join(folders.logs, 'kiosk.log'),
      ready: /^host\s+(http:\/\/\S+)/,
    },
    guard,
  )
  onStop(kiosk.stop)
  void kiosk.ended.then((how) => onEnded('kiosk', how))
  const screenUrl = kiosk.matched[1] ?? ''
  say('kiosk', `${screenUrl}  (process ${kiosk.pid}, log ${inFolder('logs/kiosk.log')})`)

  await openBrowsers(command, {
    screenUrl,
    panelUrl: panel.url,
    parts,
    temporary: folders.temporary,
  })
}

async function openBrowsers(
  command: DemoCommand,
  to: {
    readonly screenUrl: string
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
  const open = async (options: Parameters<typeof openChromium>[1]): Promise<Chromium> => {
    const browser = await openChromium(executable ?? '', options)
    const { pid } = browser
    if (pid !== undefined) guard.watch(pid)
    onStop(async () => {
      await browser.close()
      if (pid !== undefined) guard.forget(pid)
    })
    return browser
  }
  if (executable === undefined) {
    say('screen', 'no browser opened: open the address of the kiosk in one')
    say('panel', to.panelUrl)
    return
  }
  if (!hasDisplay()) {
    await open({ url: to.screenUrl, mode: 'headless' })
    say('screen', `${executable}, headless: there is no display`)
    say('panel', to.panelUrl)
    return
  }
  const mode = command.windowed ? 'window' : 'kiosk'
  await open({ url: to.screenUrl, mode, widthPx: 608, heightPx: 1080 })
  say('screen', `${executable}, ${mode}`)
  await open({ url: to.panelUrl, mode: 'window', widthPx: 1280, heightPx: 1000, leftPx: 620 })
  say('panel', to.panelUrl)
}
