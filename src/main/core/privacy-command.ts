import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { uuidv7 } from 'uuidv7'
import { databaseFileName } from '../store/connection.ts'
import { openJournal } from '../store/journal.ts'
import { openStore, type Store } from '../store/open-store.ts'
import type { Damage } from '../store/restore/examine-database.ts'
import { openStoreMark } from '../store/restore/store-mark.ts'
import { StoreFault } from '../store/store-fault.ts'
import { secretsAdapter } from './adapters/secrets-adapter.ts'
import { problemLine } from './config/config-problem.ts'
import type { KioskConfig } from './config/kiosk-config.ts'
import { loadConfig } from './config/load-config.ts'
import { storeOptions } from './config/store-options.ts'
import { configuredKeyProvider } from './keys/configured-key-provider.ts'
import { databaseDamage, tryAccess } from './open-kiosk-store.ts'
import { takeDataLock } from './process/data-lock.ts'
import { openRunningClock } from './process/running-clock.ts'

export interface PrivacyAnswer {
  /** 0: done. 1: it cannot be done. 2: asked wrongly. */
  readonly exitCode: 0 | 1 | 2
  readonly text: string
}

const usage = `usage: npm run -s privacy -- find ID|- --config FILE --by NAME --case NUMBER [--erase]
  ID|-      an ID number; - reads it from standard input
  --config  the kiosk's configuration; its service must be stopped
  --by      who answers for this
  --case    number of the request, for the audit chain; never a person's number
  --erase   forgets what is over and acknowledged by the province
`

interface Asked {
  readonly id: string
  readonly config: string
  readonly by: string
  readonly caseNumber: string
  readonly erase: boolean
}

/** What this machine holds on one person, found by the keyed hash of the ID number: it reads no seals. */
export async function kioskPrivacy(
  args: readonly string[],
  { clock, readId }: { readonly clock: () => Date; readonly readId: () => string },
): Promise<PrivacyAnswer> {
  const asked = readArguments(args, readId)
  if (!asked) return { exitCode: 2, text: usage }
  const loaded = loadConfig(asked.config)
  if (!loaded.ok) return { exitCode: 2, text: `${loaded.problems.map(problemLine).join('\n')}\n` }
  const { config } = loaded
  if (!existsSync(join(config.dataFolder, databaseFileName))) {
    return { exitCode: 1, text: `${config.dataFolder}: no database of a kiosk yet\n` }
  }
  const access = tryAccess([config.dataFolder, config.journalFolder])
  if (access) return { exitCode: 1, text: `${access.code}: ${access.message}\n` }
  const lock = takeDataLock(config.dataFolder)
  if (!lock.ok) {
    return { exitCode: 1, text: `${lock.message}. Stop the kiosk's service first.\n` }
  }
  try {
    return await answer(asked, config, clock)
  } catch (error) {
    if (!(error instanceof StoreFault)) throw error
    return { exitCode: 1, text: `${error.code}: ${error.message}\n` }
  } finally {
    lock.release()
  }
}

async function answer(
  asked: Asked,
  config: KioskConfig,
  clock: () => Date,
): Promise<PrivacyAnswer> {
  const keys = await configuredKeyProvider(config).load()
  if (!keys.ok) return { exitCode: 1, text: `${keys.code}: ${keys.message}\n` }
  const runningClock = await openRunningClock(join(config.dataFolder, 'running-time.json'))
  const journal = await openJournal({ folder: config.journalFolder, now: clock })
  const mark = openStoreMark(config.journalFolder)
  let store: Store | undefined
  try {
    const damage = databaseDamage({ config, journal }, mark)
    if (damage !== undefined) return { exitCode: 1, text: notOurs(damage) }
    store = openStore({
      ...storeOptions(config),
      clock: { now: clock, runningMs: runningClock.runningMs },
      newKey: uuidv7,
      newInstance: randomUUID,
      mark,
    })
    const { by, caseNumber, erase } = asked
    const event = erase ? 'privacy.erase' : 'privacy.find'
    store.flow.audit.record(event, { case: caseNumber, by })
    const hash = secretsAdapter(keys.keys).personHash(asked.id)
    const told = tell(store, hash)
    return { exitCode: 0, text: erase ? told + forget(store, hash) : told }
  } finally {
    store?.close()
    mark.close()
    await journal.close()
  }
}

/** What a wrong file tells is wrong, and what is forgotten in it comes back with the right one. */
const notOurs = (damage: Damage) =>
  `DATABASE_${damage}: this is not the database as the kiosk wrote it last. Start its service, which restores it, then stop it and ask again.\n`

function tell(store: Store, hash: string): string {
  const held = store.forget.heldOn(hash)
  const lines = held.map(({ intakeId, dossierCode, state, sealedAt }) =>
    [intakeId, dossierCode ?? 'no code yet', state, `sealed ${sealedAt}`].join('  '),
  )
  const drafts = store.forget.draftsOf(hash)
  lines.push(`dossiers ${held.length}   scanned pages without a dossier ${drafts}`)
  return `${lines.join('\n')}\n`
}

function forget(store: Store, hash: string): string {
  const lines = store.forget.heldOn(hash).map(({ intakeId }) => {
    const forgotten = store.forget.forgetDossier(intakeId) === 'forgotten'
    return `${intakeId}  ${
      forgotten ? 'forgotten' : 'KEPT: it is in the machine, or the province has not confirmed it'
    }`
  })
  const drafts = store.pages.draftPages(hash).map(({ contentHash }) => contentHash)
  store.pages.dropDraftPages(drafts)
  lines.push(`scanned pages forgotten: ${drafts.length}`)
  return `${lines.join('\n')}\n`
}

function readArguments(args: readonly string[], readId: () => string): Asked | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        config: { type: 'string' },
        by: { type: 'string' },
        case: { type: 'string' },
        erase: { type: 'boolean', default: false },
      },
    })
    const [verb, given, ...more] = positionals
    const { config, by, case: caseNumber, erase } = values
    if (verb !== 'find' || given === undefined || more.length > 0) return undefined
    if (config === undefined || !isName(by) || !isName(caseNumber)) return undefined
    const id = (given === '-' ? readId() : given).toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
    return id === '' ? undefined : { id, config, by, caseNumber, erase }
  } catch {
    return undefined
  }
}

/** Nine digits in a row would be somebody's number, in a chain that cannot be changed. */
function isName(text: string | undefined): text is string {
  return text !== undefined && /^[A-Za-z0-9./_-]{1,40}$/.test(text) && !/\d{9}/.test(text)
}
