import { createServer, type Server, type Socket } from 'node:net'
import type { Clock } from '../../clock.ts'
import { deviceList, optionDescriptors, optionValue } from './device-options.ts'
import { drawSheet, sheetHeightPx, sheetWidthPx } from './draw-sheet.ts'
import type { Feeder } from './feeder.ts'
import { type NetRequest, readRequest } from './net-requests.ts'
import { nullString, TooShort, word } from './net-wire.ts'
import { saneStatus } from './sane-status.ts'
import { sendImage } from './send-image.ts'

/** The name of the one device behind this address. */
export const netDeviceName = 'feeder'
/** SANE's port in every `/etc/services`; libsane-net takes no other, so each simulator has an address. */
const sanePort = 6566
const isHandle = 1

export interface NetScanner {
  readonly address: string
  readonly behaviour: {
    /** Takes requests, answers none; a page under way stops. */
    silent: boolean
    /** How long a page takes. */
    pageMs: number
  }
  plugged(): boolean
  plug(): Promise<void>
  unplug(): Promise<void>
}

/**
 * A sheet feeder that speaks the SANE network protocol (standard 1.06, chapter 5), so that the real scanimage
 * with its real `net` backend draws sheet after sheet in one run, as from a feeder on a cable.
 */
export async function netScanner(clock: Clock, feeder: Feeder): Promise<NetScanner> {
  const behaviour: NetScanner['behaviour'] = { silent: false, pageMs: 0 }
  const sockets = new Set<Socket>()
  let server: Server | undefined
  let opened: Socket | undefined
  let pageUnderWay: Promise<void> = Promise.resolve()

  const track = (socket: Socket): void => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
  }

  /** The next sheet on a socket of its own; resolves with what the start is answered. */
  const start = async (control: Socket): Promise<Buffer> => {
    const drawn = feeder.drawIn()
    if (typeof drawn === 'number') return Buffer.concat([word(drawn), word(0), word(0), nullString])
    const image = drawSheet(drawn.sheet)
    // libsane-net shuts its own direction at once: that must not end ours.
    const data = createServer({ allowHalfOpen: true }, (socket) => {
      data.close()
      track(socket)
      const isUnplugged = () => server === undefined
      const page = { socket, image, trouble: drawn.trouble, clock, behaviour, isUnplugged }
      pageUnderWay = sendImage(page).then((sent) => {
        if (sent === 'whole') feeder.deliver()
        else feeder.stop(drawn.trouble ?? 'interrupted')
      })
    })
    control.once('close', () => data.close())
    const { promise, resolve } = Promise.withResolvers<void>()
    data.listen(0, address, resolve)
    await promise
    const at = data.address()
    const port = typeof at === 'object' && at !== null ? at.port : 0
    return Buffer.concat([word(saneStatus.good), word(port), word(0x1234), nullString])
  }

  const answer = async (socket: Socket, request: NetRequest): Promise<Buffer | undefined> => {
    switch (request.kind) {
      case 'init':
        return Buffer.concat([word(saneStatus.good), word(request.version)])
      case 'getDevices':
        return Buffer.concat([word(saneStatus.good), deviceList])
      case 'open': {
        const isBusy = opened !== undefined && opened !== socket
        const known = request.device === netDeviceName
        if (known && !isBusy) opened = socket
        const status = isBusy ? saneStatus.deviceBusy : known ? saneStatus.good : saneStatus.invalid
        return Buffer.concat([word(status), word(isHandle), nullString])
      }
      case 'close':
        opened = undefined
        return word(0)
      case 'getOptionDescriptors':
        return optionDescriptors
      case 'controlOption': {
        const { valueType, valueSize } = request
        const value = optionValue(request.option, feeder.switches())
        const status = value === undefined ? saneStatus.invalid : saneStatus.good
        const padded = Buffer.alloc(valueSize)
        value?.copy(padded)
        const elements = valueType === 3 ? valueSize : valueSize / 4
        const echo = [word(valueType), word(valueSize), word(elements), padded]
        return Buffer.concat([word(status), word(0), ...echo, nullString])
      }
      case 'getParameters': {
        const frame = [1, 1, sheetWidthPx * 3, sheetWidthPx, sheetHeightPx, 8]
        return Buffer.concat([word(saneStatus.good), ...frame.map(word)])
      }
      case 'start':
        return start(socket)
      case 'cancel':
        return word(0)
      case 'exit':
        socket.end()
        return undefined
      default:
        return request satisfies never
    }
  }

  const serve = (socket: Socket): void => {
    track(socket)
    let waiting = Buffer.alloc(0)
    let turn: Promise<void> = Promise.resolve()
    const handle = (request: NetRequest): void => {
      turn = turn.then(async () => {
        if (behaviour.silent) return
        const reply = await answer(socket, request)
        if (reply !== undefined && socket.writable) socket.write(reply)
      })
    }
    socket.on('close', () => {
      if (opened === socket) opened = undefined
    })
    socket.on('data', (chunk) => {
      waiting = Buffer.concat([waiting, chunk])
      while (waiting.length > 0) {
        try {
          const { request, bytes } = readRequest(waiting)
          waiting = waiting.subarray(bytes)
          handle(request)
        } catch (error) {
          if (!(error instanceof TooShort)) socket.destroy()
          return
        }
      }
    })
  }

  const listen = (at: string): Promise<Server | undefined> => {
    const fresh = createServer(serve)
    const { promise, resolve, reject } = Promise.withResolvers<Server | undefined>()
    fresh.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    )
    fresh.listen(sanePort, at, () => resolve(fresh))
    return promise
  }

  let address = ''
  while (server === undefined) {
    address = loopbackAddress()
    server = await listen(address)
  }

  return {
    get address() {
      return address
    },
    behaviour,
    plugged: () => server !== undefined,
    async plug() {
      if (server !== undefined) return
      server = await listen(address)
      if (server === undefined) throw new Error(`${address} is taken`)
    },
    async unplug() {
      const old = server
      server = undefined
      opened = undefined
      if (old === undefined) return
      const { promise, resolve } = Promise.withResolvers<void>()
      old.close(() => resolve())
      // A pulled cable is an I/O error to what reads from it, a dead connection to everybody else.
      await pageUnderWay
      for (const socket of sockets) socket.destroy()
      await promise
    },
  }
}

/** One of sixteen million that mean this machine: each simulator has SANE's port to itself. */
function loopbackAddress(): string {
  const part = (): number => 1 + Math.floor(Math.random() * 253)
  return `127.${part()}.${part()}.${part()}`
}
