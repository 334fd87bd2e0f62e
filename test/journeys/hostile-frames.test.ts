import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { WebSocket } from 'ws'
import { createRouter } from '../../src/main/core/rpc/router.ts'
import { serveContract } from '../../src/main/core/rpc/serve-contract.ts'
import type { SessionPort } from '../../src/main/core/rpc/session-port.ts'
import { type HostedMachine, startHostedMachine } from '../support/hosted-machine.ts'
import { eventually } from '../support/journeys.ts'
import { contractPaths } from './hostile/intentions.ts'
import { allPulses } from './hostile/openings.ts'

/** One call as it travels: `{"i":"1","p":{"u":"/session/start","b":{"json":{…},"meta":[[1,"d"]]}}}`. */
const call = (path: string, json: unknown, more: object = {}) =>
  JSON.stringify({ i: '1', p: { u: `/${path.replace('.', '/')}`, b: { json, ...more } } })

const deep = (character: string) => character.repeat(20_000)

const seed = Number(process.env.HOSTILE_SEED ?? 20_260_303)

describe('frames that no renderer sends', () => {
  let machine: HostedMachine
  let coreId = ''
  const sockets: WebSocket[] = []
  const wires: Socket[] = []

  beforeAll(async () => {
    machine = await startHostedMachine()
    coreId = machine.core.current().coreId
  })
  afterAll(() => machine?.stop())
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.terminate()
    for (const wire of wires.splice(0)) wire.destroy()
  })

  async function open(): Promise<WebSocket> {
    const socket = machine.dial()
    sockets.push(socket)
    socket.on('error', () => {})
    await once(socket, 'open')
    return socket
  }

  /** The honest one is served on by the same core, and no door has moved. */
  async function expectServed(): Promise<void> {
    const { core } = machine
    await eventually(async () => (await core.touch('session.start', { journey: 'intake' })).taken)
    await core.screen('notice')
    await core.touch('session.leave')
    await core.screen('idle')
    expect(core.current().coreId).toBe(coreId)
    expect(core.deaths()).toBe(0)
    expect(allPulses(machine)).toBe(0)
  }

  it('binary frames end the connection', async () => {
    const socket = await open()
    socket.send(Buffer.from(call('session.start', { journey: 'intake' })), { binary: true })
    expect((await once(socket, 'close'))[0]).toBe(1003)
    await expectServed()
  })

  it('frames that are too long end the connection', async () => {
    const socket = await open()
    socket.send(call('input.set', { value: 'x'.repeat(100_000) }))
    expect((await once(socket, 'close'))[0]).toBe(1009)
    await expectServed()
  })

  it.each([
    ['nothing', ''],
    ['no JSON', 'GET / HTTP/1.1'],
    ['a number', '1'],
    ['null', 'null'],
    ['an array', '[]'],
    ['deep nesting', '['.repeat(60_000)],
    ['closed deep nesting', call('session.start', 0).replace('0', `${deep('[')}${deep(']')}`)],
    ['a path to nowhere', call('nothing.here', {})],
    ['a path to the prototype', call('__proto__.constructor', {})],
    ['a path to a method', call('session.toString', {})],
    ['a path upwards', call('..', {})],
    ['no path', '{"i":"1","p":{}}'],
    ['a path that is a number', '{"i":"1","p":{"u":5}}'],
    ['an id that is an object', '{"i":{"a":1},"p":{"u":"/session/stay"}}'],
    ['headers', '{"i":"1","p":{"u":"/session/stay","h":{"content-type":"multipart/form-data"}}}'],
    ['a method', '{"i":"1","p":{"u":"/session/stay","m":"TRACE","b":"x"}}'],
    ['an event of a stream that is none', '{"i":"1","t":3,"p":{"e":"message","d":{"json":1}}}'],
    ['an abort of nothing', '{"i":"77","t":4}'],
    ['an unknown kind', '{"i":"1","t":99,"p":null}'],
  ])('%s', async (_, frame) => {
    const socket = await open()
    for (let count = 0; count < 5; count += 1) socket.send(frame)
    await expectServed()
  })

  it('thousands of broken and bent frames', async () => {
    const good = contractPaths.map((path) => call(path, { screenId: 'x', value: '1', code: '1' }))
    const bent = fc
      .tuple(fc.constantFrom(...good), fc.array(fc.tuple(fc.nat(), fc.nat(127)), { maxLength: 6 }))
      .map(([text, changes]) => {
        const characters = [...text]
        for (const [at, character] of changes) {
          characters[at % characters.length] = String.fromCharCode(character)
        }
        return characters.join('')
      })
    const cut = fc
      .tuple(fc.constantFrom(...good), fc.nat(200))
      .map(([text, at]) => text.slice(0, at))
    const any = fc.oneof(
      bent,
      cut,
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.json({ maxDepth: 4 }),
    )
    let socket = await open()
    for (const frame of fc.sample(any, { numRuns: 3_000, seed })) {
      if (socket.readyState !== socket.OPEN) socket = await open()
      socket.send(frame)
    }
    await expectServed()
  })

  it('frames that never end, and connections that say nothing', async () => {
    const { port } = machine
    for (let count = 0; count < 20; count += 1) {
      const socket = await open()
      // A text frame of 50,000 masked bytes, of which ten come.
      const { _socket: wire } = socket as unknown as { _socket: Socket }
      wire.write(Buffer.from([0x81, 0xfe, 0xc3, 0x50, 1, 2, 3, 4, ...Array(10).fill(7)]))
      // The first part of a message whose last part does not come.
      const other = await open()
      other.send('{"i":"1"', { fin: false })
      wires.push(connect(port, '127.0.0.1'))
    }
    await expectServed()
  })

  it('many listeners on one connection end it, and only it', async () => {
    for (let connection = 0; connection < 10; connection += 1) {
      const socket = await open()
      const closed = once(socket, 'close')
      for (let watch = 1; watch <= 500; watch += 1) {
        socket.send(JSON.stringify({ i: `${watch}`, p: { u: '/snapshot/watch', b: {} } }))
      }
      expect((await closed)[0]).toBe(1008)
    }
    await expectServed()
  })

  it('a flood that is not read', async () => {
    const socket = await open()
    const { _socket: wire } = socket as unknown as { _socket: Socket }
    wire.pause()
    const long = call('input.set', { screenId: 'x', value: 'y'.repeat(60_000) })
    for (let count = 0; count < 1_500; count += 1) socket.send(long)
    await expectServed()
  })
})

describe('objects that want to be prototypes', () => {
  const prototypeKeys = Object.getOwnPropertyNames(Object.prototype).sort().join()

  it.each([
    ['__proto__ in the input', call('input.set', JSON.parse('{"__proto__":{"taken":true}}'))],
    ['constructor.prototype', call('input.set', { constructor: { prototype: { taken: true } } })],
    ['meta that writes there', call('session.start', {}, { meta: [[1, '__proto__', 'taken']] })],
    [
      'meta through the constructor',
      call('session.start', { a: 1 }, { meta: [[1, 'constructor', 'prototype', 'taken']] }),
    ],
    [
      'maps that write there',
      call('session.start', {}, { maps: [['__proto__', 'taken']], meta: [[5, '__proto__']] }),
    ],
    [
      'meta of every kind',
      call(
        'session.start',
        { a: { b: 1 } },
        {
          meta: [0, 1, 2, 3, 4, 5, 6, 7, 8].map((kind) => [kind, '__proto__', 'x']),
        },
      ),
    ],
  ])('%s', async (_, frame) => {
    const intended: string[] = []
    let receive = (_text: string) => {}
    const session = {
      current: () => ({ screenId: 's', role: 'nobody', screen: { name: 'idle' } }),
      onChange: () => () => {},
      intend(path: string) {
        intended.push(path)
        return { taken: true }
      },
    } as unknown as SessionPort
    const answered = new Promise<void>((resolve) => {
      serveContract(createRouter(session), {
        send: async () => resolve(),
        onMessage(listener) {
          receive = listener
        },
        onClose() {},
        close: resolve,
      })
    })
    receive(frame)
    await answered
    expect(intended).toEqual([])
    expect(Object.getOwnPropertyNames(Object.prototype).sort().join()).toBe(prototypeKeys)
    expect(({} as { taken?: boolean }).taken).toBeUndefined()
  })
})
