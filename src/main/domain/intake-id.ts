import { checkCharacter } from './check-character.ts'

/** `K07-1-000123-F`: kiosk, epoch, number, check character. Short enough to read out over the phone. */
export interface IntakeId {
  readonly kioskId: string
  readonly epoch: number
  readonly number: number
}

const strictShape = /^([A-Z0-9]{2,8})-([1-9]\d{0,3})-(\d{6}|[1-9]\d{6,7})-([0-9A-Z])$/

/** @throws RangeError when a part does not fit: the counter or the configuration is wrong. */
export function makeIntakeId({ kioskId, epoch, number }: IntakeId): string {
  const body = `${kioskId}-${epoch}-${String(number).padStart(6, '0')}`
  const intakeId = `${body}-${checkCharacter(body)}`
  if (!strictShape.test(intakeId)) throw new RangeError('makeIntakeId: a part is out of range')
  return intakeId
}

/** Exactly as printed; `undefined` when the shape or the check character is wrong. */
export function parseIntakeId(text: string): IntakeId | undefined {
  const [, kioskId, epoch, number, check] = strictShape.exec(text) ?? []
  if (kioskId === undefined || epoch === undefined || number === undefined) return undefined
  if (checkCharacter(`${kioskId}-${epoch}-${number}`) !== check) return undefined
  return { kioskId, epoch: Number(epoch), number: Number(number) }
}

/**
 * What a person types: any case, spaces, other dashes or none, letter O for nought and letter I or L for
 * one. Returns the number as it is printed. `kioskId` is this machine's: of several possible readings its
 * own wins.
 */
export function readTypedIntakeId(typed: string, kioskId?: string): string | undefined {
  const upper = typed.normalize('NFKC').toUpperCase().trim()
  if (upper.length > 40) return undefined
  const text = upper.replace(/[\s\u2010-\u2015\u2212_./-]+/g, '-').replace(/^-+|-+$/g, '')
  const found = new Set<string>()
  for (const pieces of splits(text)) {
    const intakeId = repair(pieces)
    if (intakeId !== undefined) found.add(intakeId)
  }
  const own = [...found].find((intakeId) => intakeId.startsWith(`${kioskId}-`))
  return own ?? [...found][0]
}

type Pieces = readonly [kioskId: string, epoch: string, number: string, check: string]

/** With all three dashes there is one way to cut; else the check character says which way was meant. */
function splits(text: string): readonly Pieces[] {
  const [kioskId, epoch, number, check, ...rest] = text.split('-')
  if (kioskId && epoch && number && check && rest.length === 0) {
    return [[kioskId, epoch, number, check]]
  }
  const bare = text.replaceAll('-', '')
  const possible: Pieces[] = []
  for (const numberLength of [6, 7, 8]) {
    for (const epochLength of [1, 2, 3, 4]) {
      const kioskEnd = bare.length - 1 - numberLength - epochLength
      if (kioskEnd < 2 || kioskEnd > 8) continue
      possible.push([
        bare.slice(0, kioskEnd),
        bare.slice(kioskEnd, kioskEnd + epochLength),
        bare.slice(kioskEnd + epochLength, -1),
        bare.slice(-1),
      ])
    }
  }
  return possible
}

function repair([kioskId, epoch, number, check]: Pieces): string | undefined {
  for (const kiosk of new Set([kioskId, kioskId.charAt(0) + digits(kioskId.slice(1))])) {
    const body = `${kiosk}-${digits(epoch)}-${digits(number).padStart(6, '0')}`
    if (!strictShape.test(`${body}-0`)) continue
    const expected = checkCharacter(body)
    if (digits(check) === digits(expected)) return `${body}-${expected}`
  }
  return undefined
}

function digits(text: string): string {
  return text.replaceAll('O', '0').replace(/[IL]/g, '1')
}
