import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type { MessagePortMain } from 'electron'
import { Emitter } from './emitter.ts'

/** Electron's port of the main process over a port of Node's. */
export class StandInPort extends Emitter {
  readonly node: MessagePort
  private transferred = false

  constructor(node: MessagePort) {
    super()
    this.node = node
  }

  /** A port that was handed over can be used no more, as in Electron. */
  transfer(): MessagePort {
    if (this.transferred) throw new Error('The port was transferred already')
    this.transferred = true
    return this.node
  }

  start(): void {
    this.node.on('message', (data: unknown) => this.emit('message', { data, ports: [] }))
    this.node.on('close', () => this.emit('close'))
  }

  postMessage(message: unknown): void {
    if (this.transferred) throw new Error('The port was transferred')
    this.node.postMessage(message)
  }

  close(): void {
    this.node.close()
  }
}

export class StandInMessageChannel {
  readonly port1: MessagePortMain
  readonly port2: MessagePortMain

  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.port1 = new StandInPort(port1) as unknown as MessagePortMain
    this.port2 = new StandInPort(port2) as unknown as MessagePortMain
  }
}

/** The real port inside, given away for good. */
export function transferred(port: MessagePortMain): MessagePort {
  return (port as unknown as StandInPort).transfer()
}
