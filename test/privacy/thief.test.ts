import { createHash, createHmac } from 'node:crypto'
import {
  cpSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fileKeyProvider } from '../../src/main/core/keys/file-key-provider.ts'
import { hmacHex } from '../../src/main/core/keys/kiosk-keys.ts'
import { maskName } from '../../src/main/domain/mask.ts'
import { type HostedMachine, startHostedMachine } from '../support/hosted-machine.ts'
import { livePlantedDay, type PlantedDay } from './planted-day.ts'
import { an, binh, cuc, planted } from './planted-people.ts'
import { searchFolders } from './search.ts'

/** The world outside the machine, and the keys that the OS or TPM holds: not on the disk that is carried away. */
const notOnDisk = ['keys', 'devices', 'slips']

/** Carries every file of the disk away. */
describe('a thief with the disk and without the keys', () => {
  let machine: HostedMachine
  let day: PlantedDay
  let loot: string
  let lootBytes: Buffer
  let tables: Readonly<Record<string, readonly Record<string, unknown>[]>>
  beforeAll(async () => {
    machine = await startHostedMachine({ scanner: true, environment: { KIOSK_LOG: 'trace' } })
    day = await livePlantedDay(machine)
    loot = mkdtempSync(join(tmpdir(), 'loot-'))
    for (const name of readdirSync(machine.folder)) {
      if (notOnDisk.includes(name)) continue
      cpSync(join(machine.folder, name), join(loot, name), { recursive: true, filter: isCopied })
    }
    lootBytes = Buffer.concat(
      readdirSync(loot, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name))),
    )
    tables = dump(join(loot, 'kiosk', 'kiosk.sqlite'))
  }, 180_000)
  afterAll(async () => {
    await machine?.stop()
    if (loot) rmSync(loot, { recursive: true, force: true })
  })

  const text = () => JSON.stringify(tables)

  it('has no key among the loot', async () => {
    const secret = JSON.parse(readFileSync(join(machine.folder, 'keys', 'keys.json'), 'utf8'))
    const { findings } = searchFolders(
      [loot],
      [secret.rightsKey, secret.personKey, secret.slipPrivateKey].map((key: string, at) => ({
        what: `key ${at}`,
        text: key,
      })),
    )
    expect(findings).toEqual([])
    expect(readdirSync(loot, { recursive: true }).join()).not.toContain('keys.json')
  })

  it('reads masked names only', () => {
    const facts = tables.dossier?.map((row) => JSON.parse(String(row.facts))) ?? []
    expect(facts.map(({ applicantMasked }) => applicantMasked)).toEqual(
      [an, binh, cuc].map(({ name }) => maskName(name)),
    )
    expect(maskName(an.name)).toBe('NGUYỄN V* Z*')
    expect(searchFolders([loot], [...planted, ...day.secrets, ...day.pages]).findings).toEqual([])
    const names = [an, binh, cuc].flatMap(({ name }) => name.split(' ').slice(1))
    for (const name of names) expect(text().toUpperCase()).not.toContain(`"${name.toUpperCase()}`)
  })

  it('cannot check a guess: no hash in the loot can be made without the key', () => {
    const guesses = [
      day.liveCode,
      day.liveQr,
      day.liveQr.split('*').at(-1) ?? '',
      ...[an, binh].map(({ idNumber }) => idNumber),
      cuc.passport,
      an.phone,
      binh.secret,
    ]
    const found = guesses.flatMap((guess) =>
      guessedHashes(guess, day.secretIntakeId).filter((hash) => isInLoot(hash)),
    )
    expect(found).toEqual([])
  })

  it('with the keys every one of these guesses would be found, so the test looks at the right thing', async () => {
    const loaded = await fileKeyProvider(join(machine.folder, 'keys')).load()
    if (!loaded.ok) throw new Error('no keys')
    const { rightsKey, personKey } = loaded.keys
    for (const hash of [
      hmacHex(rightsKey, `right\n${day.liveCode}`),
      hmacHex(rightsKey, `right\n${day.liveQr}`),
      hmacHex(rightsKey, `secret\n${day.secretIntakeId}\n${binh.secret}`),
      hmacHex(personKey, `person\n${an.idNumber}`),
      hmacHex(personKey, `person\n${cuc.passport}`),
    ]) {
      expect(isInLoot(hash)).toBe(true)
    }
  })

  it('finds the papers sealed: an age file to the province, nothing that would open it', () => {
    const sealed = (tables.dossier ?? []).map((row) => String(row.sealed))
    expect(sealed.length).toBe(3)
    for (const one of sealed) {
      const head = Buffer.from(one, 'base64').toString('latin1', 0, 60)
      expect(head).toMatch(/^age-encryption\.org\/v1\n-> X25519 /)
    }
    expect(new Set(sealed).size).toBe(sealed.length)
    expect(text()).not.toContain('AGE-SECRET-KEY')
  })

  it('and nobody else on the running machine could have read even that', () => {
    const modeOf = (name: string) => (statSync(join(machine.folder, name)).mode & 0o777).toString(8)
    expect(['kiosk', 'journal', 'keys'].map(modeOf)).toEqual(['700', '700', '700'])
    const files = ['kiosk/kiosk.sqlite', 'kiosk/kiosk.sqlite-wal', 'kiosk/kiosk.sqlite-shm']
    const modes = [...files, 'journal/journal.log', 'keys/keys.json'].map(modeOf)
    expect(modes).toEqual(['600', '600', '600', '600', '600'])
  })

  /** As hex, base64 or the bytes themselves. */
  function isInLoot(hash: string): boolean {
    const bytes = Buffer.from(hash, 'hex')
    const base64 = bytes.toString('base64').replace(/=+$/, '')
    return [hash, hash.toUpperCase(), base64, bytes.toString('base64url'), bytes].some(
      (one) => lootBytes.indexOf(one) !== -1,
    )
  }
})

/** A socket is no file. */
function isCopied(path: string): boolean {
  const found = lstatSync(path)
  return found.isFile() || found.isDirectory()
}

/** What somebody tries who knows this program's source and not its keys. */
function guessedHashes(guess: string, intakeId: string): readonly string[] {
  const texts = [
    guess,
    `${guess}\n`,
    `right\n${guess}`,
    `person\n${guess}`,
    `secret\n${intakeId}\n${guess}`,
    `secret\n${guess}`,
    `K07${guess}`,
  ]
  const keys = ['', '\0'.repeat(32), 'K07', 'right', 'person', 'secret', intakeId]
  return texts.flatMap((text) => [
    ...['md5', 'sha1', 'sha256', 'sha512'].map((name) =>
      createHash(name).update(text).digest('hex'),
    ),
    ...keys.map((key) => createHmac('sha256', key).update(text).digest('hex')),
  ])
}

function dump(file: string): Record<string, Record<string, unknown>[]> {
  const db = new Sqlite(file)
  try {
    const names = db
      .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'")
      .pluck()
      .all()
    return Object.fromEntries(
      names.map((name) => [
        name,
        db.prepare<[], Record<string, unknown>>(`SELECT * FROM "${name}"`).all(),
      ]),
    )
  } finally {
    db.close()
  }
}
