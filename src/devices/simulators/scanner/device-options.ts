import { array, nullPointer, nullString, pointer, string, word } from './net-wire.ts'

/** The switches that a look at the options shows. */
export interface FeederSwitches {
  readonly pageLoaded: boolean
  readonly coverOpen: boolean
  readonly doubleFeed: boolean
}

const type = { bool: 0, int: 1, string: 3 } as const
const unit = { none: 0, dpi: 4 } as const
/** Soft select and detect: set and read by programs. Soft detect alone: read only. */
const settable = 1 | 4
const readOnly = 4
const stringBytes = 40

interface Option {
  readonly name: string
  readonly title: string
  readonly type: number
  readonly unit: number
  readonly size: number
  readonly capabilities: number
  /** Constraint type and constraint, as on the wire. */
  readonly constraint: Buffer
}

const noConstraint = word(0)
const wordList = (words: readonly number[]) =>
  // The list's first word is its own length.
  Buffer.concat([word(2), array([words.length, ...words].map(word))])
const stringList = (strings: readonly string[]) =>
  Buffer.concat([word(3), array([...strings.map(string), nullString])])

const switchOption = (name: string, title: string): Option => ({
  ...{ name, title, type: type.bool, unit: unit.none, size: 4 },
  ...{ capabilities: readOnly, constraint: noConstraint },
})
const choice = (name: string, title: string, choices: readonly string[]): Option => ({
  ...{ name, title, type: type.string, unit: unit.none, size: stringBytes },
  ...{ capabilities: settable, constraint: stringList(choices) },
})

const options: readonly Option[] = [
  {
    ...{ name: '', title: 'Number of options', type: type.int, unit: unit.none, size: 4 },
    ...{ capabilities: readOnly, constraint: noConstraint },
  },
  choice('source', 'Scan source', ['ADF Front']),
  choice('mode', 'Scan mode', ['Color']),
  {
    ...{ name: 'resolution', title: 'Scan resolution', type: type.int, unit: unit.dpi, size: 4 },
    ...{ capabilities: settable, constraint: wordList([200]) },
  },
  switchOption('page-loaded', 'Page loaded'),
  switchOption('cover-open', 'Cover open'),
  switchOption('omr-df', 'Double feed detected'),
]

export const optionDescriptors: Buffer = array(
  options.map((option) =>
    pointer(
      Buffer.concat([
        ...[string(option.name), string(option.title), string(option.title)],
        ...[option.type, option.unit, option.size, option.capabilities].map(word),
        option.constraint,
      ]),
    ),
  ),
)

/** No list of devices is kept: whoever opens this one knows its name. */
export const deviceList: Buffer = array([nullPointer])

function words(text: string): Buffer {
  const value = Buffer.alloc(stringBytes)
  value.write(text, 'latin1')
  return value
}

/** The value of an option as on the wire: words or characters. Undefined when there is no such option. */
export function optionValue(index: number, switches: FeederSwitches): Buffer | undefined {
  switch (options[index]?.name) {
    case undefined:
      return undefined
    case '':
      return word(options.length)
    case 'source':
      return words('ADF Front')
    case 'mode':
      return words('Color')
    case 'resolution':
      return word(200)
    case 'page-loaded':
      return word(switches.pageLoaded ? 1 : 0)
    case 'cover-open':
      return word(switches.coverOpen ? 1 : 0)
    case 'omr-df':
      return word(switches.doubleFeed ? 1 : 0)
    default:
      return undefined
  }
}
