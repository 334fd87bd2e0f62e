import type {
  BrowserWindowConstructorOptions,
  CommandLine,
  CustomScheme,
  DisplayMediaRequestHandlerHandlerRequest,
  Event,
  ForkOptions,
  HandlerDetails,
  Input,
  MessagePortMain,
  Rectangle,
  RenderProcessGoneDetails,
  Streams,
  WindowOpenHandlerResponse,
} from 'electron'

/**
 * The part of Electron that the shell uses, in Electron's own types. `main.ts` hands in the real one, which the
 * compiler compares; tests hand in a stand-in.
 */
export interface ElectronParts {
  readonly app: AppPart
  readonly BrowserWindow: new (options: BrowserWindowConstructorOptions) => WindowPart
  readonly Menu: { setApplicationMenu(menu: null): void }
  readonly MessageChannelMain: new () => {
    readonly port1: MessagePortMain
    readonly port2: MessagePortMain
  }
  readonly ipcMain: {
    on(channel: string, listener: (event: PageEvent, ...args: unknown[]) => void): unknown
  }
  readonly powerSaveBlocker: { start(type: 'prevent-display-sleep'): number }
  readonly protocol: { registerSchemesAsPrivileged(schemes: CustomScheme[]): void }
  readonly screen: {
    on(event: DisplayChange, listener: () => void): unknown
    getPrimaryDisplay(): { readonly bounds: Rectangle }
  }
  readonly session: { fromPartition(partition: string, options?: { cache: boolean }): SessionPart }
  readonly utilityProcess: {
    fork(modulePath: string, args?: string[], options?: ForkOptions): UtilityProcessPart
  }
}

export type DisplayChange = 'display-added' | 'display-removed' | 'display-metrics-changed'

export interface AppPart {
  readonly isPackaged: boolean
  readonly commandLine: Pick<CommandLine, 'appendSwitch' | 'hasSwitch'>
  requestSingleInstanceLock(): boolean
  whenReady(): Promise<void>
  quit(): void
  exit(exitCode?: number): void
  getVersion(): string
  on(event: 'second-instance' | 'window-all-closed', listener: () => void): unknown
  on(event: 'before-quit', listener: (event: Event) => void): unknown
  on(
    event: 'web-contents-created',
    listener: (event: Event, contents: ContentsPart) => void,
  ): unknown
  on(event: 'login' | 'select-client-certificate', listener: (event: Event) => void): unknown
}

export interface SessionPart {
  readonly protocol: {
    handle(scheme: string, handler: (request: Request) => Response | Promise<Response>): void
  }
  readonly webRequest: {
    onBeforeRequest(
      listener: (
        details: { readonly url: string },
        callback: (response: { cancel?: boolean }) => void,
      ) => void,
    ): void
  }
  setPermissionRequestHandler(
    handler: (contents: unknown, permission: string, callback: (granted: boolean) => void) => void,
  ): void
  setPermissionCheckHandler(handler: () => boolean): void
  setDevicePermissionHandler(handler: () => boolean): void
  setBluetoothPairingHandler(
    handler: (details: unknown, callback: (response: { confirmed: boolean }) => void) => void,
  ): void
  setDisplayMediaRequestHandler(
    handler: (
      request: DisplayMediaRequestHandlerHandlerRequest,
      callback: (streams: Streams | null) => void,
    ) => void,
  ): void
  setSpellCheckerEnabled(enable: boolean): void
  on(event: SessionEvent, listener: (event: Event) => void): unknown
}

export type SessionEvent =
  | 'will-download'
  | 'select-hid-device'
  | 'select-serial-port'
  | 'select-usb-device'

export interface ContentsPart {
  readonly id: number
  on(event: 'will-navigate' | 'will-frame-navigate' | 'will-redirect', listener: Navigated): unknown
  on(event: 'before-input-event', listener: (event: Event, input: Input) => void): unknown
  on(
    event: 'will-attach-webview' | 'context-menu' | 'will-prevent-unload',
    listener: (event: Event) => void,
  ): unknown
  on(event: 'select-bluetooth-device', listener: (event: Event) => void): unknown
  on(event: 'devtools-opened' | 'zoom-changed' | 'did-finish-load', listener: () => void): unknown
  on(
    event: 'render-process-gone',
    listener: (event: Event, details: RenderProcessGoneDetails) => void,
  ): unknown
  on(
    event: 'did-fail-load',
    listener: (
      event: Event,
      errorCode: number,
      errorDescription: string,
      validatedURL: string,
      isMainFrame: boolean,
    ) => void,
  ): unknown
  setWindowOpenHandler(handler: (details: HandlerDetails) => WindowOpenHandlerResponse): void
  setVisualZoomLevelLimits(minimum: number, maximum: number): Promise<void>
  setZoomFactor(factor: number): void
  closeDevTools(): void
  forcefullyCrashRenderer(): void
  loadURL(url: string): Promise<void>
  close(): void
}

export type Navigated = (details: Event<{ url: string }>) => void

export interface FramePart {
  readonly url: string
  /** Null for the top frame. */
  readonly parent: object | null
  postMessage(channel: string, message: unknown, transfer?: MessagePortMain[]): void
}

/** A message of a page through its preload. */
export interface PageEvent {
  readonly sender: { readonly id: number }
  readonly senderFrame: FramePart | null
}

export interface WindowPart {
  readonly webContents: ContentsPart
  on(event: 'close', listener: (event: Event) => void): unknown
  on(
    event: 'unresponsive' | 'leave-full-screen' | 'minimize' | 'hide' | 'closed',
    listener: () => void,
  ): unknown
  once(event: 'ready-to-show', listener: () => void): unknown
  setKiosk(flag: boolean): void
  setBounds(bounds: Partial<Rectangle>): void
  restore(): void
  show(): void
  focus(): void
  removeMenu(): void
}

export interface UtilityProcessPart {
  readonly pid: number | undefined
  on(event: 'exit', listener: (code: number) => void): unknown
  on(event: 'message', listener: (message: unknown) => void): unknown
  postMessage(message: unknown, transfer?: MessagePortMain[]): void
  kill(): boolean
}
