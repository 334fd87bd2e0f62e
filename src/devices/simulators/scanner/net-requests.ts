import { type WireReader, wireReader } from './net-wire.ts'

/** SANE API standard 1.06, §5.3: what a frontend asks of a network scanner. */
export type NetRequest =
  | { readonly kind: 'init'; readonly version: number }
  | { readonly kind: 'getDevices' | 'exit' }
  | { readonly kind: 'open'; readonly device: string }
  | {
      readonly kind: 'close' | 'getOptionDescriptors' | 'getParameters' | 'start' | 'cancel'
      readonly handle: number
    }
  | {
      readonly kind: 'controlOption'
      readonly handle: number
      readonly option: number
      readonly action: 'get' | 'set' | 'setAuto'
      readonly valueType: number
      readonly valueSize: number
      readonly value: Buffer
    }

const actions = ['get', 'set', 'setAuto'] as const
const valueTypes = { bool: 0, int: 1, fixed: 2, string: 3 } as const

function controlOption(wire: WireReader): NetRequest {
  const handle = wire.word()
  const option = wire.word()
  const action = actions[wire.word()]
  if (action === undefined) throw new Error('no such action')
  if (action === 'setAuto') {
    const nothing = { valueType: 0, valueSize: 0, value: Buffer.alloc(0) }
    return { kind: 'controlOption', handle, option, action, ...nothing }
  }
  const valueType = wire.word()
  const valueSize = wire.word()
  const value =
    valueType === valueTypes.string
      ? wire.bytes()
      : Buffer.concat(
          wire.words().map((number) => {
            const bytes = Buffer.alloc(4)
            bytes.writeInt32BE(number)
            return bytes
          }),
        )
  return { kind: 'controlOption', handle, option, action, valueType, valueSize, value }
}

/**
 * The first request of what has arrived and how many bytes it takes.
 * @throws TooShort when it is not complete; Error when it is no request
 */
export function readRequest(buffer: Buffer): {
  readonly request: NetRequest
  readonly bytes: number
} {
  const wire = wireReader(buffer)
  const parse = (): NetRequest => {
    const procedure = wire.word()
    switch (procedure) {
      case 0: {
        const version = wire.word()
        wire.string() // who asks
        return { kind: 'init', version }
      }
      case 1:
        return { kind: 'getDevices' }
      case 2:
        return { kind: 'open', device: wire.string() ?? '' }
      case 3:
        return { kind: 'close', handle: wire.word() }
      case 4:
        return { kind: 'getOptionDescriptors', handle: wire.word() }
      case 5:
        return controlOption(wire)
      case 6:
        return { kind: 'getParameters', handle: wire.word() }
      case 7:
        return { kind: 'start', handle: wire.word() }
      case 8:
        return { kind: 'cancel', handle: wire.word() }
      case 10:
        return { kind: 'exit' }
      default:
        throw new Error(`no procedure ${procedure}`)
    }
  }
  const request = parse()
  return { request, bytes: wire.usedBytes }
}
