/**
 * The printer's ear. Written from the manuals and not from our encoder, so that a mistake made there does
 * not cancel out here.
 */
export type PrinterCommand =
  | { readonly name: 'reset' }
  | { readonly name: 'rows'; readonly rowBytes: number; readonly data: Uint8Array }
  | { readonly name: 'feed'; readonly dots: number }
  | { readonly name: 'cut' }
  | { readonly name: 'autoStatus'; readonly mask: number }
  | { readonly name: 'tellProcessId'; readonly id: Uint8Array }
  | { readonly name: 'tellPaper' }
  | { readonly name: 'tellText'; readonly which: number }
  /** Bytes that are no command: a real printer would print them as letters. */
  | { readonly name: 'letters'; readonly count: number }

export type RealTimeCommand =
  | { readonly name: 'tellStatus'; readonly which: number }
  | { readonly name: 'tellAutoStatus' }
  | { readonly name: 'recover'; readonly clearing: boolean }
  | { readonly name: 'clear' }

export interface CommandEar {
  readonly queued: (command: PrinterCommand) => void
  /** Obeyed the moment it is heard, before what was heard earlier and still waits. */
  readonly realTime: (command: RealTimeCommand) => void
}

export interface CommandParser {
  hear(bytes: Uint8Array): void
  /** Drops half commands, also the rest of an image that has not arrived. */
  reset(): void
}

type Parsed =
  | 'more'
  | 'unknown'
  | 'done'
  | { readonly body: number; readonly finish: (body: Uint8Array) => void }

const clearSequence = [0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08]

/** Real-time commands, whole at the end of `tail`. */
function realTimeAtEnd(tail: readonly number[]): RealTimeCommand | undefined {
  const [a, b, c] = tail.slice(-3)
  if (a === 0x10 && b === 0x04 && c !== undefined && c >= 1 && c <= 4) {
    return { name: 'tellStatus', which: c }
  }
  if (a === 0x10 && b === 0x05 && (c === 1 || c === 2))
    return { name: 'recover', clearing: c === 2 }
  const four = tail.slice(-4)
  if (four[0] === 0x10 && four[1] === 0x14 && four[2] === 7 && four[3] === 1) {
    return { name: 'tellAutoStatus' }
  }
  const clearing = clearSequence.every((byte, index) => tail[tail.length - 10 + index] === byte)
  return clearing ? { name: 'clear' } : undefined
}

export function commandParser(ear: CommandEar): CommandParser {
  let head: number[] = []
  let tail: number[] = []
  let sinceDataLinkEscape = 0
  let body: { bytes: Uint8Array; filled: number; finish: (body: Uint8Array) => void } | undefined

  const say = (command: PrinterCommand): 'done' => {
    ear.queued(command)
    return 'done'
  }

  function escapeCommand(second: number, args: readonly number[]): Parsed {
    switch (second) {
      case 0x40:
        return say({ name: 'reset' })
      case 0x4a:
      case 0x64: {
        const [amount] = args
        if (amount === undefined) return 'more'
        return say({ name: 'feed', dots: second === 0x4a ? amount : amount * 30 })
      }
      case 0x61:
      case 0x74:
        return args.length < 1 ? 'more' : 'done'
      default:
        return 'unknown'
    }
  }

  function groupCommand(second: number, args: readonly number[]): Parsed {
    const [a, b, c, d, e, f] = args
    switch (second) {
      case 0x56: // V
        if (a === undefined) return 'more'
        if ((a === 65 || a === 66) && b === undefined) return 'more'
        return say({ name: 'cut' })
      case 0x61: // a
        return a === undefined ? 'more' : say({ name: 'autoStatus', mask: a })
      case 0x72: // r
        if (a === undefined) return 'more'
        return a === 1 || a === 49 ? say({ name: 'tellPaper' }) : 'done'
      case 0x49: // I
        return a === undefined ? 'more' : say({ name: 'tellText', which: a })
      case 0x28: // (
        if (a === undefined || b === undefined || c === undefined) return 'more'
        return {
          body: b + 256 * c,
          finish: (bytes) => {
            const isProcessId =
              a === 0x48 && bytes.length === 6 && bytes[0] === 0x30 && bytes[1] === 0x30
            if (isProcessId) ear.queued({ name: 'tellProcessId', id: bytes.slice(2) })
          },
        }
      case 0x76: {
        // v 0
        if (a === undefined || b === undefined || c === undefined) return 'more'
        if (d === undefined || e === undefined || f === undefined) return 'more'
        if (a !== 0x30) return 'unknown'
        const rowBytes = c + 256 * d
        const rows = e + 256 * f
        return {
          body: rowBytes * rows,
          finish: (data) => ear.queued({ name: 'rows', rowBytes, data }),
        }
      }
      default:
        return 'unknown'
    }
  }

  function dataLinkEscape(args: readonly number[]): Parsed {
    const [second, third] = args
    if (second === undefined || third === undefined) return 'more'
    const length = second === 0x14 && third === 7 ? 3 : second === 0x14 && third === 8 ? 9 : 2
    if (args.length < length) return 'more'
    return second === 0x04 || second === 0x05 || second === 0x14 ? 'done' : 'unknown'
  }

  function parse(): Parsed {
    const [first, second, ...args] = head
    if (first === 0x10) return dataLinkEscape(head.slice(1))
    if (first === 0x1b) return second === undefined ? 'more' : escapeCommand(second, args)
    if (first === 0x1d) return second === undefined ? 'more' : groupCommand(second, args)
    if (first === 0x1c) return second === undefined ? 'more' : 'done'
    return 'unknown'
  }

  function hearByte(byte: number): void {
    // The interrupt that obeys real-time commands does not know whether a byte belongs to an image.
    tail.push(byte)
    if (tail.length > clearSequence.length) tail.shift()
    sinceDataLinkEscape = byte === 0x10 ? 0 : sinceDataLinkEscape + 1
    const urgent = sinceDataLinkEscape < clearSequence.length ? realTimeAtEnd(tail) : undefined
    if (body !== undefined) {
      body.bytes[body.filled] = byte
      body.filled += 1
      if (body.filled === body.bytes.length) {
        const { bytes, finish } = body
        body = undefined
        finish(bytes)
      }
    } else {
      head.push(byte)
      const parsed = parse()
      if (parsed === 'unknown') ear.queued({ name: 'letters', count: head.length })
      if (parsed !== 'more') head = []
      if (typeof parsed === 'object') {
        if (parsed.body === 0) parsed.finish(new Uint8Array())
        else body = { bytes: new Uint8Array(parsed.body), filled: 0, finish: parsed.finish }
      }
    }
    if (urgent !== undefined) {
      tail = []
      ear.realTime(urgent)
    }
  }

  /** Image data up to where a real-time command could begin, all at once. Returns how much it took. */
  function hearImage(bytes: Uint8Array): number {
    if (body === undefined || sinceDataLinkEscape < clearSequence.length) return 0
    const escapeAt = bytes.indexOf(0x10)
    const limit = escapeAt < 0 ? bytes.length : escapeAt
    // The last byte is left to `hearByte`, which closes the image.
    const taken = Math.min(limit, body.bytes.length - body.filled - 1)
    body.bytes.set(bytes.subarray(0, taken), body.filled)
    body.filled += taken
    return taken
  }

  return {
    hear(bytes) {
      let position = 0
      while (position < bytes.length) {
        const taken = hearImage(bytes.subarray(position))
        position += taken
        if (taken > 0) continue
        hearByte(bytes[position] ?? 0)
        position += 1
      }
    },
    reset() {
      head = []
      body = undefined
    },
  }
}
