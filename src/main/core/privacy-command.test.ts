import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { databaseFileName } from '../store/connection.ts'
import type { Store } from '../store/open-store.ts'
import { readStoreMark } from '../store/restore/store-mark.ts'
import { openSampleStore, sampleAt, sampleIntakeId, sampleSeal } from '../store/testing/sample.ts'
import { secretsAdapter } from './adapters/secrets-adapter.ts'
import { loadConfig } from './config/load-config.ts'
import { storeOptions } from './config/store-options.ts'
import { configuredKeyProvider } from './keys/configured-key-provider.ts'
import { kioskPrivacy } from './privacy-command.ts'
import { takeDataLock } from './process/data-lock.ts'

const demo = fileURLToPath(new URL('../../../config/demo/', import.meta.url))
const someone = '000000000017'
const id = sampleIntakeId
let folder: string
let config: string

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'privacy-command-'))
  config = path.join(folder, 'kiosk.json')
  const text = JSON.parse(readFileSync(path.join(demo, 'kiosk.json'), 'utf8'))
  const keys = { provider: 'file', folder: 'keys' }
  const catalogueFile = path.join(demo, 'procedures.json')
  writeFileSync(
    config,
    JSON.stringify({
      ...text,
      ...{ catalogueFile, keys, dataFolder: 'data', journalFolder: 'journal' },
    }),
  )
})
afterEach(() => rmSync(folder, { recursive: true }))

const configured = () => {
  const loaded = loadConfig(config)
  if (!loaded.ok) throw new Error('no configuration')
  return loaded.config
}
const dataFolder = () => configured().dataFolder
const journalFolder = () => configured().journalFolder

const ask = (...args: string[]) =>
  kioskPrivacy(['find', ...args, '--config', config, '--by', 'quanly', '--case', '12/2026'], {
    clock: () => new Date('2026-03-04T00:00:00.000Z'),
    readId: () => `${someone}\n`,
  })

/** Two dossiers of the person, one of somebody else; the first is over, and the province has it. */
async function threeDossiers() {
  const loaded = loadConfig(config)
  if (!loaded.ok) throw new Error('no configuration')
  const keys = await configuredKeyProvider(loaded.config).load()
  if (!keys.ok) throw new Error('no keys')
  const personHash = secretsAdapter(keys.keys).personHash(someone)
  await open((store) => {
    const seal = (number: number, hash: string) => {
      store.flow.sealDossier({ ...sampleSeal(number, number), applicantIdHash: hash })
      store.flow.recordDepositUnlock(id(number))
      store.flow.depositDossier(id(number), sampleAt)
    }
    seal(1, personHash)
    store.flow.recordEmptyingUnlock(1, 'staff-0001')
    store.flow.recordBagCollected(id(1), 'staff-0001', sampleAt)
    for (const { key } of store.outbox.due(Number.MAX_SAFE_INTEGER, 9)) {
      store.outbox.markSending(key)
      store.outbox.acknowledge(key, '{}', sampleAt)
    }
    for (const { key } of store.outbox.due(Number.MAX_SAFE_INTEGER, 9)) {
      store.outbox.markSending(key)
      store.outbox.acknowledge(key, '{}', sampleAt)
    }
    seal(2, personHash)
    seal(3, 'e'.repeat(64))
    const kept = { contentHash: 'f'.repeat(64), captureHash: 'a'.repeat(64), personHash }
    store.pages.keepDraftPage(kept)
  })
}

async function open<T>(work: (store: Store) => T): Promise<T> {
  const loaded = loadConfig(config)
  if (!loaded.ok) throw new Error('no configuration')
  const store = openSampleStore(loaded.config.dataFolder, storeOptions(loaded.config))
  try {
    return work(store)
  } finally {
    store.close()
  }
}

it('tells what is held on one person, by the keyed hash, and puts that on record', async () => {
  await threeDossiers()
  const { exitCode, text } = await ask('-')
  expect(exitCode).toBe(0)
  expect(text).toContain(id(1))
  expect(text).toContain(id(2))
  expect(text).not.toContain(id(3))
  expect(text).toContain('dossiers 2   scanned pages without a dossier 1')
  const last = await open((store) => store.auditRows().at(-1))
  expect(last).toMatchObject({ event: 'privacy.find', details: { case: '12/2026', by: 'quanly' } })
  expect(JSON.stringify(await open((store) => store.auditRows()))).not.toContain(someone)
  expect((await ask('0000 0000 0018')).text).toContain('dossiers 0')
})

it('forgets what is over, keeps what is not, and says so', async () => {
  await threeDossiers()
  const { text } = await ask('000 000 000 017', '--erase')
  expect(text).toContain(`${id(1)}  forgotten`)
  expect(text).toContain(`${id(2)}  KEPT`)
  expect(text).toContain('scanned pages forgotten: 1')
  const seals = await open((store) => [1, 2, 3].map((n) => store.flow.dossier(id(n))?.sealed))
  expect(seals).toEqual(['', 'c2VhbGVk', 'c2VhbGVk'])
  expect((await ask(someone)).text).toContain('dossiers 1')
  const events = await open((store) => store.auditRows().map(({ event }) => event))
  expect(events).toEqual(expect.arrayContaining(['privacy.erase', 'dossier.forgotten']))
})

it('waits for the service to be stopped', async () => {
  await threeDossiers()
  const loaded = loadConfig(config)
  const lock = takeDataLock(loaded.ok ? loaded.config.dataFolder : '')
  const { exitCode, text } = await ask(someone)
  if (lock.ok) lock.release()
  expect(exitCode).toBe(1)
  expect(text).toContain("Stop the kiosk's service first")
})

it('leaves the mark where the database is, for the next start', async () => {
  await threeDossiers()
  expect(await ask(someone, '--erase')).toMatchObject({ exitCode: 0 })
  const head = await open((store) => store.auditHead())
  expect(readStoreMark(journalFolder())).toMatchObject({ sequence: head.sequence, hash: head.hash })
})

it('answers from no older database that somebody has put in its place, and writes nothing into it', async () => {
  await threeDossiers()
  const file = path.join(dataFolder(), databaseFileName)
  const older = readFileSync(file)
  expect((await ask(someone)).exitCode).toBe(0)
  writeFileSync(file, older)
  const { exitCode, text } = await ask(someone, '--erase')
  expect(exitCode).toBe(1)
  expect(text).toContain('DATABASE_OLDER')
  expect(readFileSync(file)).toEqual(older)
})

it('answers from no damaged database', async () => {
  await threeDossiers()
  const file = path.join(dataFolder(), databaseFileName)
  const bytes = readFileSync(file)
  writeFileSync(file, bytes.fill(0xa5, 4_096, 20_000))
  expect(await ask(someone)).toMatchObject({
    exitCode: 1,
    text: expect.stringContaining('DAMAGED'),
  })
})

it.each([
  ['no person', ['find', '--case', '1', '--by', 'a']],
  ['a number as the case', ['find', '1', '--case', someone, '--by', 'a']],
  ['nobody who answers for it', ['find', '1', '--case', '1']],
  ['another verb', ['show', '1', '--case', '1', '--by', 'a']],
])('refuses %s', async (_, args) => {
  const parts = { clock: () => new Date(), readId: () => '' }
  expect(await kioskPrivacy([...args, '--config', config], parts)).toMatchObject({ exitCode: 2 })
})

it('makes no database where there is none', async () => {
  expect(await ask(someone)).toMatchObject({ exitCode: 1 })
})
