import { EventEmitter } from 'node:events'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PortMessage } from '../../../contract/port-message.ts'
import { messagePort } from './message-port.ts'
import { acceptShellPorts, type ShellLink } from './shell-ports.ts'

class FakePort extends EventEmitter {
  readonly sent: PortMessage[] = []
  started = false
  closed = false
  postMessage(message: PortMessage): void {
    this.sent.push(message)
  }
  start(): void {
    this.started = true
  }
  close(): void {
    this.closed = true
  }
  arrive(data: unknown): void {
    this.emit('message', { data })
  }
}

describe('messagePort', () => {
  it('resolves a send when the page took it, in order', async () => {
    const carrier = new FakePort()
    const port = messagePort(carrier)
    const done: string[] = []
    const first = port.send('one').then(() => done.push('one'))
    const second = port.send('two').then(() => done.push('two'))
    expect(carrier.sent).toEqual([{ text: 'one' }, { text: 'two' }])
    carrier.arrive({ taken: true })
    await first
    expect(done).toEqual(['one'])
    carrier.arrive({ taken: true })
    await second
  })

  it('rejects what a page that is gone did not take, and everything later', async () => {
    const carrier = new FakePort()
    const port = messagePort(carrier)
    let closes = 0
    port.onClose(() => closes++)
    const waiting = port.send('one')
    carrier.emit('close')
    carrier.emit('close')
    await expect(waiting).rejects.toThrow('closed')
    await expect(port.send('two')).rejects.toThrow('closed')
    expect(closes).toBe(1)
  })

  it('hands on texts only and closes on anything else', () => {
    fc.assert(
      fc.property(fc.anything(), (data) => {
        const carrier = new FakePort()
        const heard: string[] = []
        messagePort(carrier).onMessage((text) => heard.push(text))
        carrier.arrive(data)
        expect(heard).toEqual([])
        expect(carrier.closed).toBe(true)
        carrier.arrive({ text: 'late' })
        expect(heard).toEqual([])
      }),
    )
    const carrier = new FakePort()
    const heard: string[] = []
    messagePort(carrier).onMessage((text) => heard.push(text))
    carrier.arrive({ text: 'yes' })
    expect(heard).toEqual(['yes'])
    carrier.arrive({ text: 'x'.repeat(70_000) })
    expect(heard).toEqual(['yes'])
    expect(carrier.closed).toBe(true)
  })
})

describe('acceptShellPorts', () => {
  it('tells that core is ready, keeps one page, ends when told, ignores the rest', async () => {
    const emitter = new EventEmitter()
    const said: unknown[] = []
    const link = Object.assign(emitter, { postMessage: (message: unknown) => said.push(message) })
    let ports = 0
    let ends = 0
    acceptShellPorts(
      link as ShellLink,
      () => ports++,
      () => ends++,
    )
    expect(said).toEqual([{ rpc: 'ready' }])
    const [first, second] = [new FakePort(), new FakePort()]
    emitter.emit('message', { data: { rpc: 'open' }, ports: [first] })
    emitter.emit('message', { data: { rpc: 'open' }, ports: [second] })
    expect([ports, first.closed, second.closed]).toEqual([2, true, false])
    for (const data of [undefined, 'open', { rpc: 'open', more: 1 }, { rpc: 'format' }]) {
      emitter.emit('message', { data, ports: [new FakePort()] })
    }
    emitter.emit('message', { data: { rpc: 'open' }, ports: [] })
    expect([ports, ends]).toEqual([2, 0])
    emitter.emit('message', { data: { rpc: 'end' }, ports: [] })
    expect(ends).toBe(1)
    await Promise.resolve()
    expect(second.started).toBe(true)
  })
})
