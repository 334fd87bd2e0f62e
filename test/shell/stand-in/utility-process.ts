import { type ChildProcess, fork as forkNode } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { MessagePort } from 'node:worker_threads'
import type { ForkOptions, MessagePortMain } from 'electron'
import type { UtilityProcessPart } from '../../../src/main/shell/electron-parts.ts'
import { Emitter } from './emitter.ts'
import { transferred } from './message-ports.ts'

/** Over Node's IPC channel: what the parent posted, and what passes through the ports it handed over. */
export type Wire =
  | { readonly kind: 'message'; readonly data: unknown; readonly ports: readonly number[] }
  | { readonly kind: 'port'; readonly port: number; readonly data: unknown }
  | { readonly kind: 'portClosed'; readonly port: number }

const shim = fileURLToPath(new URL('./parent-port-shim.ts', import.meta.url))

/** A real child process that finds Electron's `process.parentPort` in its place. */
export class StandInUtilityProcess extends Emitter implements UtilityProcessPart {
  readonly modulePath: string
  readonly options: ForkOptions
  private readonly child: ChildProcess
  private readonly ports = new Map<number, MessagePort>()
  private lastPort = 0
  private over = false

  constructor(modulePath: string, args: string[], options: ForkOptions) {
    super()
    this.modulePath = modulePath
    this.options = options
    this.child = forkNode(modulePath, args, {
      execArgv: [...(options.execArgv ?? []), '--import', shim],
      env: { ...options.env },
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    this.child.on('message', (wire: Wire) => this.hear(wire))
    this.child.on('exit', (code, signal) => {
      this.over = true
      for (const port of this.ports.values()) port.close()
      // Chromium reports a wait status: the signal's number in its lowest byte.
      this.emit('exit', signal === null ? (code ?? 0) << 8 : 9)
    })
  }

  get pid(): number | undefined {
    return this.over ? undefined : this.child.pid
  }

  postMessage(data: unknown, transfer: MessagePortMain[] = []): void {
    const ports = transfer.map((port) => this.adopt(transferred(port)))
    this.send({ kind: 'message', data, ports })
  }

  kill(): boolean {
    return this.child.kill('SIGTERM')
  }

  private adopt(port: MessagePort): number {
    const number = ++this.lastPort
    this.ports.set(number, port)
    port.on('message', (data: unknown) => this.send({ kind: 'port', port: number, data }))
    port.on('close', () => {
      if (this.ports.delete(number)) this.send({ kind: 'portClosed', port: number })
    })
    return number
  }

  private hear(wire: Wire): void {
    switch (wire.kind) {
      case 'message':
        this.emit('message', wire.data)
        return
      case 'port':
        this.ports.get(wire.port)?.postMessage(wire.data)
        return
      case 'portClosed': {
        const port = this.ports.get(wire.port)
        this.ports.delete(wire.port)
        port?.close()
        return
      }
    }
  }

  private send(wire: Wire): void {
    if (this.child.connected) this.child.send(wire, () => {})
  }
}
