/** One thing that a program asked of the disk and got. Paths are absolute. */
export type DiskCall =
  | { readonly call: 'create' | 'unlink' | 'mkdir' | 'fsync'; readonly path: string }
  | {
      readonly call: 'write'
      readonly path: string
      readonly offset: number | 'end'
      readonly bytes: Buffer
    }
  | { readonly call: 'truncate'; readonly path: string; readonly length: number }
  | { readonly call: 'rename'; readonly path: string; readonly to: string }
  /** The kernel copies from one file to another. */
  | {
      readonly call: 'copy'
      readonly path: string
      readonly from: string
      readonly fromOffset: number
      readonly offset: number
      readonly length: number
    }

interface Line {
  readonly name: string
  readonly args: string
  readonly result: number
}

/**
 * Reads what `strace -f -y -xx` wrote: `PID name(args) = result`. A call that was interrupted by another thread's
 * stands where it ended. Only what concerns files below `folder` is kept. Throws at a call that it does not know.
 */
export function parseCalls(text: string, folder: string): readonly DiskCall[] {
  const calls: DiskCall[] = []
  /** Place of the next `write` of each descriptor. */
  const places = new Map<string, number | 'end'>()
  for (const { name, args, result } of completed(text)) {
    if (result < 0) continue
    const [first = ''] = args.split(/[<,]/)
    const strings = [...args.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, hex = '']) =>
      bytesOf(hex),
    )
    const descriptors = [...args.matchAll(/(\d+)<((?:\\x[0-9a-f]{2})*)>/g)].map(
      ([, number = '', hex = '']) => ({ number, path: bytesOf(hex).toString() }),
    )
    const opened = descriptors[0]?.path ?? ''
    const numbers = args.split(', ').map(Number)
    const named = strings.map(String)
    const isOurs = (path: string) => path.startsWith(`${folder}/`) || path === folder
    switch (name) {
      case 'openat': {
        const [path = ''] = named
        if (!isOurs(path)) break
        places.set(String(result), args.includes('O_APPEND') ? 'end' : 0)
        if (args.includes('O_CREAT')) calls.push({ call: 'create', path })
        if (args.includes('O_TRUNC')) calls.push({ call: 'truncate', path, length: 0 })
        break
      }
      case 'lseek':
        if (isOurs(opened)) places.set(first, result)
        break
      case 'write': {
        if (!isOurs(opened)) break
        const offset = places.get(first) ?? 0
        const bytes = (strings[0] ?? Buffer.alloc(0)).subarray(0, result)
        calls.push({ call: 'write', path: opened, offset, bytes })
        if (offset !== 'end') places.set(first, offset + result)
        break
      }
      case 'pwrite64': {
        if (!isOurs(opened)) break
        const bytes = (strings[0] ?? Buffer.alloc(0)).subarray(0, result)
        calls.push({ call: 'write', path: opened, offset: numbers.at(-1) ?? 0, bytes })
        break
      }
      case 'copy_file_range':
      case 'sendfile': {
        const inOrder = name === 'sendfile' ? descriptors.toReversed() : descriptors
        const [from, to] = inOrder
        if (from === undefined || to === undefined || !isOurs(to.path) || result === 0) break
        // `[from]`, where the caller counts for itself.
        const told = /\[(\d+)\]/.exec(args)?.[1]
        const fromOffset = Number(told ?? places.get(from.number) ?? 0)
        const offset = Number(places.get(to.number) ?? 0)
        const between = { fromOffset, offset, length: result }
        calls.push({ call: 'copy', path: to.path, from: from.path, ...between })
        if (told === undefined) places.set(from.number, fromOffset + result)
        places.set(to.number, offset + result)
        break
      }
      case 'ftruncate':
        if (isOurs(opened))
          calls.push({ call: 'truncate', path: opened, length: numbers.at(-1) ?? 0 })
        break
      case 'fsync':
      case 'fdatasync':
        if (isOurs(opened)) calls.push({ call: 'fsync', path: opened })
        break
      case 'rename': {
        const [path = '', to = ''] = named
        if (isOurs(path)) calls.push({ call: 'rename', path, to })
        break
      }
      case 'unlink':
      case 'mkdir': {
        const [path = ''] = named
        if (isOurs(path)) calls.push({ call: name, path })
        break
      }
      case 'close':
        break
      default:
        if ([opened, ...named].some(isOurs)) throw new Error(`a call that nobody expected: ${name}`)
    }
  }
  return calls
}

function* completed(text: string): Generator<Line> {
  const begun = new Map<string, string>()
  for (const line of text.split('\n')) {
    const [, thread = '', rest = ''] = /^(\d+) +(.*)$/.exec(line) ?? []
    const unfinished = rest.indexOf(' <unfinished ...>')
    if (unfinished !== -1) {
      begun.set(thread, rest.slice(0, unfinished))
      continue
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(rest)
    const whole = resumed ? `${begun.get(thread) ?? ''}${resumed[1]}` : rest
    const parts = /^(\w+)\((.*)\) += (-?\d+)/.exec(whole)
    if (!parts) continue
    const [, name = '', args = '', result = ''] = parts
    yield { name, args, result: Number(result) }
  }
}

function bytesOf(escaped: string): Buffer {
  return Buffer.from(escaped.replaceAll('\\x', ''), 'hex')
}
