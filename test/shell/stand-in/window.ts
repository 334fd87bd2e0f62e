import type {
  BrowserWindowConstructorOptions,
  HandlerDetails,
  Input,
  Rectangle,
  WindowOpenHandlerResponse,
} from 'electron'
import type { ContentsPart, WindowPart } from '../../../src/main/shell/electron-parts.ts'
import { createEvent, Emitter } from './emitter.ts'
import { type SendIpc, StandInPage } from './page.ts'
import type { StandInSession } from './session.ts'

let lastId = 0

/** One browser tab, of which the main process sees events; `attempt…` are what a person or a page does in it. */
export class StandInContents extends Emitter implements ContentsPart {
  readonly id = ++lastId
  readonly loaded: string[] = []
  page: StandInPage | undefined
  zoomLimits: readonly [number, number] | undefined
  zoomFactor = 1.5
  devToolsOpen = false
  closed = false
  private readonly session: StandInSession
  private readonly preloadFile: string
  private readonly sendIpc: (contents: StandInContents) => SendIpc
  private openHandler?: (details: HandlerDetails) => WindowOpenHandlerResponse

  constructor(
    session: StandInSession,
    preloadFile: string,
    sendIpc: (contents: StandInContents) => SendIpc,
  ) {
    super()
    this.session = session
    this.preloadFile = preloadFile
    this.sendIpc = sendIpc
  }

  async loadURL(url: string): Promise<void> {
    this.loaded.push(url)
    this.page?.die()
    this.page = undefined
    const response = await this.session.request(url)
    if (response === undefined || !response.ok) {
      this.emit('did-fail-load', createEvent(), -6, 'ERR_FILE_NOT_FOUND', url, true)
      throw new Error(`${url} could not be loaded`)
    }
    const html = await response.text()
    this.page = new StandInPage(url, html, this.preloadFile, this.sendIpc(this))
    this.emit('did-finish-load')
  }

  setWindowOpenHandler(handler: (details: HandlerDetails) => WindowOpenHandlerResponse): void {
    this.openHandler = handler
  }
  async setVisualZoomLevelLimits(minimum: number, maximum: number): Promise<void> {
    this.zoomLimits = [minimum, maximum]
  }
  setZoomFactor(factor: number): void {
    this.zoomFactor = factor
  }
  closeDevTools(): void {
    this.devToolsOpen = false
  }
  close(): void {
    this.closed = true
  }

  forcefullyCrashRenderer(): void {
    this.crash('killed')
  }

  crash(reason: string): void {
    this.page?.die()
    this.page = undefined
    this.emit('render-process-gone', createEvent(), { reason, exitCode: 1 })
  }

  /** Whether the page was left for `url`, by each of the ways that Chromium announces. */
  attemptNavigation(url: string): readonly boolean[] {
    return ['will-navigate', 'will-frame-navigate', 'will-redirect'].map((name) => {
      const details = createEvent({ url })
      this.emit(name, details)
      return !details.defaultPrevented
    })
  }

  attemptWindow(url: string): 'allow' | 'deny' {
    return this.openHandler?.({ url } as HandlerDetails).action ?? 'allow'
  }

  /** Whether the event went on. */
  attempt(name: string, ...args: readonly unknown[]): boolean {
    const event = createEvent()
    this.emit(name, event, ...args)
    return !event.defaultPrevented
  }

  attemptKey(key: string, held: Partial<Pick<Input, 'control' | 'alt' | 'meta' | 'shift'>> = {}) {
    const input = { type: 'keyDown', key, code: '', isAutoRepeat: false, modifiers: [] }
    const none = { control: false, alt: false, meta: false, shift: false }
    return this.attempt('before-input-event', { ...input, ...none, ...held })
  }
}

export class StandInWindow extends Emitter implements WindowPart {
  readonly options: BrowserWindowConstructorOptions
  readonly webContents: StandInContents
  readonly calls: string[] = []
  kiosk: boolean
  bounds: Partial<Rectangle> | undefined

  constructor(options: BrowserWindowConstructorOptions, webContents: StandInContents) {
    super()
    this.options = options
    this.webContents = webContents
    this.kiosk = options.kiosk ?? false
  }

  setKiosk(flag: boolean): void {
    this.kiosk = flag
  }
  setBounds(bounds: Partial<Rectangle>): void {
    this.bounds = bounds
  }
  restore(): void {
    this.calls.push('restore')
  }
  show(): void {
    this.calls.push('show')
  }
  focus(): void {
    this.calls.push('focus')
  }
  removeMenu(): void {
    this.calls.push('removeMenu')
  }

  /** Alt+F4, a window manager, a script: whether the window closed. */
  attemptClose(): boolean {
    const event = createEvent()
    this.emit('close', event)
    if (!event.defaultPrevented) this.emit('closed')
    return !event.defaultPrevented
  }
}
