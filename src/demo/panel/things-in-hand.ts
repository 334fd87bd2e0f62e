import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { makeBagCode } from '../../main/domain/bag-code.ts'
import { readDemoStaff } from '../demo-config.ts'

/** Something that can be held to the reader. */
export interface Thing {
  readonly group: 'card' | 'bag' | 'badge'
  readonly label: string
  readonly text: string
  /** AIM identifier of its symbology: `]Q1` QR, `]C0` Code 128. */
  readonly aimId: string
  /** What its holder knows, e.g. a PIN. */
  readonly note?: string
}

/** People who do not exist; the fields are those of real cards, the numbers are made up. */
const people: readonly Thing[] = [
  card('Nguyễn Văn Mẫu', 'CCCD 2021, 7 fields', [
    ...['001090000247', '', 'Nguyễn Văn Mẫu', '01011990', 'Nam'],
    ...['Số 1, đường Thử Nghiệm, phường Hoa Sen', '15042021'],
  ]),
  card('Trần Thị Thử', 'căn cước 2024, 11 fields', [
    ...['001192000365', '', 'Trần Thị Thử', '20021992', 'Nữ'],
    ...['Số 2, đường Thử Nghiệm, phường Hoa Sen', '05072024', '', '', '', ''],
  ]),
  card('Lê Bé Thơ', 'căn cước, child of 6', [
    ...['001220000128', '', 'Lê Bé Thơ', '12032020', 'Nam'],
    ...['Số 2, đường Thử Nghiệm, phường Hoa Sen', '01082024', '', '', '', ''],
  ]),
]

function card(name: string, note: string, fields: readonly string[]): Thing {
  return { group: 'card', label: name, text: fields.join('|'), aimId: ']Q1', note }
}

/** Also in `config/demo/kiosk.json`, as a hash. */
const technician: Thing = {
  group: 'badge',
  label: 'Kỹ thuật viên mẫu (technician)',
  text: 'MCB1*DEMO-TECHNICIAN-01',
  aimId: ']Q1',
  note: 'PIN 246810',
}

function badges(): Thing[] {
  const staff = readDemoStaff().staff.map(
    ({ displayName, role, badge, pin }): Thing => ({
      group: 'badge',
      label: `${displayName} (${role})`,
      text: badge,
      aimId: ']Q1',
      note: `PIN ${pin ?? '?'}`,
    }),
  )
  return [...staff, technician]
}

const memorySchema = z.object({ bags: z.array(z.string()) })

export interface ThingsInHand {
  all(): readonly Thing[]
  /** Takes the next bag from the stock; each code exists once. */
  takeBag(): string
}

/** `memoryFile` keeps which bags left the stock, so that no code comes twice. */
export function thingsInHand(memoryFile: string): ThingsInHand {
  const memory = existsSync(memoryFile)
    ? memorySchema.parse(JSON.parse(readFileSync(memoryFile, 'utf8')))
    : { bags: [] }
  const bag = (code: string): Thing => ({ group: 'bag', label: code, text: code, aimId: ']C0' })
  return {
    all: () => [...people, ...memory.bags.slice(-8).reverse().map(bag), ...badges()],
    takeBag() {
      const code = makeBagCode('TUI', memory.bags.length + 1)
      memory.bags.push(code)
      writeFileSync(memoryFile, `${JSON.stringify(memory)}\n`)
      return code
    },
  }
}
