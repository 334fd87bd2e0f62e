import type { BrowserWindowConstructorOptions, CustomScheme } from 'electron'
import type {
  AppPart,
  ElectronParts,
  FramePart,
  PageEvent,
} from '../../../src/main/shell/electron-parts.ts'
import { createEvent, Emitter } from './emitter.ts'
import { StandInMessageChannel } from './message-ports.ts'
import { StandInSession } from './session.ts'
import { StandInUtilityProcess } from './utility-process.ts'
import { StandInContents, StandInWindow } from './window.ts'

class StandInApp extends Emitter implements AppPart {
  isPackaged = false
  readonly switches = new Map<string, string | undefined>()
  /** Of the process; undefined while it runs. */
  exitCode: number | undefined
  readonly exited: Promise<void>
  private settle = () => {}
  private readonly locks: Set<string>

  constructor(locks: Set<string>) {
    super()
    this.locks = locks
    this.exited = new Promise((resolve) => {
      this.settle = resolve
    })
  }

  readonly commandLine = {
    appendSwitch: (name: string, value?: string) => {
      this.switches.set(name, value)
    },
    hasSwitch: (name: string) => this.switches.has(name),
  }
  requestSingleInstanceLock(): boolean {
    if (this.locks.has('kiosk')) return false
    this.locks.add('kiosk')
    return true
  }
  whenReady(): Promise<void> {
    return Promise.resolve()
  }
  getVersion(): string {
    return '0.0.0-test'
  }
  quit(): void {
    const event = createEvent()
    this.emit('before-quit', event)
    if (!event.defaultPrevented) this.exit(0)
  }
  exit(exitCode = 0): void {
    this.exitCode ??= exitCode
    this.locks.delete('kiosk')
    this.settle()
  }
}

class StandInIpcMain {
  private readonly listeners = new Map<
    string,
    (event: PageEvent, ...args: readonly unknown[]) => void
  >()

  on(channel: string, listener: (event: PageEvent, ...args: unknown[]) => void): void {
    this.listeners.set(channel, listener)
  }

  /** As any frame of any contents can. */
  receive(
    sender: { readonly id: number },
    senderFrame: FramePart | null,
    channel: string,
    args: readonly unknown[],
  ): void {
    this.listeners.get(channel)?.({ sender, senderFrame }, ...args)
  }
}

/** All of Electron that the shell uses, watched. One of them is one process; `locks` is the machine they share. */
export function standInElectron(locks: Set<string> = new Set()) {
  const app = new StandInApp(locks)
  const ipcMain = new StandInIpcMain()
  const session = new StandInSession()
  const screen = new Emitter() as Emitter & { getPrimaryDisplay(): { bounds: Bounds } }
  const display = { bounds: { x: 0, y: 0, width: 1080, height: 1920 } }
  screen.getPrimaryDisplay = () => display
  const windows: StandInWindow[] = []
  const cores: StandInUtilityProcess[] = []
  const schemes: CustomScheme[] = []
  const seen = { partition: '', menu: undefined as unknown, powerSaveBlockers: 0 }

  const createContents = (preloadFile = '') => {
    const contents = new StandInContents(
      session,
      preloadFile,
      (sender) => (frame, channel, args) => ipcMain.receive(sender, frame, channel, args),
    )
    app.emit('web-contents-created', createEvent(), contents)
    return contents
  }
  const parts: ElectronParts = {
    app,
    ipcMain,
    screen,
    BrowserWindow: class extends StandInWindow {
      constructor(options: BrowserWindowConstructorOptions) {
        super(options, createContents(options.webPreferences?.preload))
        windows.push(this)
      }
    },
    Menu: { setApplicationMenu: (menu) => (seen.menu = menu) },
    MessageChannelMain: StandInMessageChannel,
    powerSaveBlocker: { start: () => ++seen.powerSaveBlockers },
    protocol: { registerSchemesAsPrivileged: (registered) => schemes.push(...registered) },
    session: {
      fromPartition: (partition) => {
        seen.partition = partition
        return session
      },
    },
    utilityProcess: {
      fork: (modulePath, args = [], options = {}) => {
        const core = new StandInUtilityProcess(modulePath, args, options)
        cores.push(core)
        return core
      },
    },
  }
  return {
    parts,
    app,
    ipcMain,
    session,
    screen,
    display,
    windows,
    cores,
    schemes,
    seen,
    createContents,
  }
}

interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export type StandInElectron = ReturnType<typeof standInElectron>
