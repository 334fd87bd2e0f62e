import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { type Encoded, encodingsOf, encodingsOfBytes } from './encodings.ts'

/** Something that must not be found, under a name that may stand in a test's output. */
export type Plant =
  | { readonly what: string; readonly text: string }
  /** A slice of something that is no text. */
  | { readonly what: string; readonly bytes: Buffer }

export interface Finding {
  readonly what: string
  readonly where: string
  readonly as: string
}

/** Searches every byte of every file below the folders, file names included. */
export function searchFolders(
  folders: readonly string[],
  plants: readonly Plant[],
  skip: (path: string) => boolean = () => false,
): { readonly files: number; readonly bytes: number; readonly findings: readonly Finding[] } {
  const search = searcherFor(plants)
  const findings: Finding[] = []
  let files = 0
  let bytes = 0
  for (const folder of folders) {
    for (const path of filesBelow(folder, skip)) {
      const content = readIfThere(path)
      if (content === undefined) continue
      files += 1
      bytes += content.length
      const where = relative(folder, path)
      findings.push(...search(content, where), ...search(Buffer.from(where), `name of ${where}`))
    }
  }
  return { files, bytes, findings }
}

export function searcherFor(
  plants: readonly Plant[],
): (content: Buffer, where: string) => readonly Finding[] {
  const needles = plants.map((plant) => ({
    what: plant.what,
    // A spelling that is too short to mean anything would be found everywhere.
    encoded: ('text' in plant ? encodingsOf(plant.text) : encodingsOfBytes(plant.bytes)).filter(
      ({ bytes }) => bytes.length >= 5,
    ),
  }))
  return (content, where) =>
    needles.flatMap(({ what, encoded }) =>
      encoded.filter((one) => holds(content, one)).map(({ as }): Finding => ({ what, where, as })),
    )
}

function holds(content: Buffer, { bytes }: Encoded): boolean {
  for (let at = content.indexOf(bytes); at !== -1; at = content.indexOf(bytes, at + 1)) {
    if (!isInsideHash(content, at, bytes.length)) return true
  }
  return false
}

/**
 * A few digits stand in a long hex number by chance (a hash, a key): no finding. Digits that mean something
 * are not surrounded by 16 or more further hex digits.
 */
function isInsideHash(content: Buffer, at: number, length: number): boolean {
  if (length > 8 || !/^\d+$/.test(content.toString('latin1', at, at + length))) return false
  let from = at
  let to = at + length
  while (from > 0 && isHexDigit(content[from - 1])) from -= 1
  while (to < content.length && isHexDigit(content[to])) to += 1
  return to - from >= length + 16
}

function isHexDigit(byte: number | undefined): boolean {
  return byte !== undefined && /[0-9a-f-]/.test(String.fromCharCode(byte))
}

function* filesBelow(folder: string, skip: (path: string) => boolean): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (skip(path)) continue
    if (entry.isDirectory()) yield* filesBelow(path, skip)
    else if (entry.isFile()) yield path
  }
}

/** Processes that still run may take a file away between the listing and the reading. */
function readIfThere(path: string): Buffer | undefined {
  try {
    return lstatSync(path).isFile() ? readFileSync(path) : undefined
  } catch {
    return undefined
  }
}
