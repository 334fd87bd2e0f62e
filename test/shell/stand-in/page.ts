import { readFileSync } from 'node:fs'
import type { MessagePort } from 'node:worker_threads'
import type { MessagePortMain } from 'electron'
import { type KioskShell, shellName } from '../../../src/contract/shell.ts'
import type { FramePart } from '../../../src/main/shell/electron-parts.ts'
import type { Announcements } from '../../../src/renderer/api/dial-shell.ts'
import { transferred } from './message-ports.ts'

type Listener = (event: unknown) => void

/** A page's way to the main process: channel and arguments, as structured clone leaves them. */
export type SendIpc = (frame: FramePart, channel: string, args: readonly unknown[]) => void

/** A loaded page: its window, and the real preload run against a stand-in of what a preload can require. */
export class StandInPage {
  readonly url: string
  readonly html: string
  readonly frame: FramePart
  /** What `contextBridge` put on the page's window, by name. */
  readonly exposed: Record<string, unknown> = {}
  /** Of the page's own window, in the order they were registered; the preload's come first. */
  readonly listeners: { readonly type: string; readonly listener: Listener }[] = []
  /** How often the browser was made to print. */
  printed = 0
  private readonly ports: MessagePort[] = []
  private alive = true

  constructor(url: string, html: string, preloadFile: string, sendIpc: SendIpc) {
    this.url = url
    this.html = html
    const channels = new Map<string, Listener>()
    this.frame = {
      url,
      parent: null,
      postMessage: (channel, _message, transfer = []) => {
        if (!this.alive) throw new Error('Render frame was disposed')
        const ports = transfer.map((port: MessagePortMain) => transferred(port))
        this.ports.push(...ports)
        setImmediate(() => channels.get(channel)?.({ ports }))
      },
    }
    const electron = {
      contextBridge: {
        exposeInMainWorld: (name: string, api: unknown) => {
          this.exposed[name] = api
        },
        // As text, like Electron: nothing of the preload's own world goes along.
        executeInMainWorld: ({ func }: { func: () => unknown }) =>
          new Function('window', `(${func})()`)(this.window),
      },
      ipcRenderer: {
        send: (channel: string, ...args: readonly unknown[]) => {
          const copy = structuredClone(args)
          // Never within the caller: another process has to be reached.
          setImmediate(() => {
            if (this.alive) sendIpc(this.frame, channel, copy)
          })
        },
        on: (channel: string, listener: Listener) => channels.set(channel, listener),
      },
    }
    const require = (name: string) => {
      if (name !== 'electron') throw new Error(`A sandboxed preload cannot require ${name}`)
      return electron
    }
    // CommonJS as a sandboxed renderer wraps it: no `process`, no `module` of Node's.
    new Function('require', 'window', readFileSync(preloadFile, 'utf8'))(require, this.window)
  }

  get shell(): KioskShell {
    return this.exposed[shellName] as KioskShell
  }

  /** As much of a browser's window as preload and bridge use. */
  readonly window = {
    addEventListener: (type: string, listener: Listener) => {
      this.listeners.push({ type, listener })
    },
    removeEventListener: (type: string, listener: Listener) => {
      const index = this.listeners.findIndex(
        (one) => one.type === type && one.listener === listener,
      )
      if (index >= 0) this.listeners.splice(index, 1)
    },
    postMessage: (data: unknown, _targetOrigin: string, ports: readonly MessagePort[] = []) => {
      this.dispatch('message', { data, ports, source: this.window })
    },
    print: () => {
      this.printed += 1
    },
  } as unknown as Announcements & { print(): void }

  dispatch(type: string, event: unknown): void {
    for (const one of [...this.listeners]) if (one.type === type) one.listener(event)
  }

  /** Everything of it ends, its ports too. */
  die(): void {
    this.alive = false
    for (const port of this.ports) port.close()
  }
}
