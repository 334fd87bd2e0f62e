/** Loaded into the child before core: gives it `process.parentPort`, as Electron's utility process has it. */
import { EventEmitter } from 'node:events'
import type { Wire } from './utility-process.ts'

// A channel that closes under it ends the process by `disconnect`, not by an error.
const send = (wire: Wire) => process.send?.(wire, () => {})

class ChildPort extends EventEmitter {
  private readonly number: number
  private readonly early: unknown[] = []
  private started = false

  constructor(number: number) {
    super()
    this.number = number
  }

  arrive(data: unknown): void {
    if (this.started) this.emit('message', { data, ports: [] })
    else this.early.push(data)
  }

  start(): void {
    this.started = true
    for (const data of this.early.splice(0)) this.emit('message', { data, ports: [] })
  }

  postMessage(data: unknown): void {
    send({ kind: 'port', port: this.number, data })
  }

  close(): void {
    if (!open.delete(this.number)) return
    send({ kind: 'portClosed', port: this.number })
    this.emit('close')
  }
}

const open = new Map<number, ChildPort>()

class ParentPort extends EventEmitter {
  postMessage(data: unknown): void {
    send({ kind: 'message', data, ports: [] })
  }
}

const parentPort = new ParentPort()
process.on('message', (wire: Wire) => {
  switch (wire.kind) {
    case 'message': {
      const ports = wire.ports.map((number) => {
        const port = new ChildPort(number)
        open.set(number, port)
        return port
      })
      parentPort.emit('message', { data: wire.data, ports })
      return
    }
    case 'port':
      open.get(wire.port)?.arrive(wire.data)
      return
    case 'portClosed': {
      const port = open.get(wire.port)
      open.delete(wire.port)
      port?.emit('close')
      return
    }
  }
})
Object.defineProperty(process, 'parentPort', { value: parentPort })
