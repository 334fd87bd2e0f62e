import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Clock } from '../clock.ts'
import { openKeys } from '../security/keys.ts'
import type { ProvinceStore } from '../store/contract.ts'
import { openPostgresStore } from '../store/postgres/open-postgres-store.ts'
import { openSqliteStore, sqliteStoreFile } from '../store/sqlite/open-sqlite-store.ts'
import { exportPerson } from './export-person.ts'
import { findPerson, type HeldOnPerson } from './find-person.ts'

export interface PrivacyAnswer {
  /** 0: done. 1: it cannot be done. 2: asked wrongly. */
  readonly exitCode: 0 | 1 | 2
  readonly text: string
}

const usage = `usage: npm run -s privacy -- find ID|- --data DIR [--database postgres://…] --by MANAGER --case NUMBER
       [--export FOLDER | --erase]
  ID|-      an ID number or phone; - reads it from standard input
  --data    the province's data folder, where its keys lie
  --by      a manager of the province's configuration, who answers for this
  --case    number of the request, for the access log; never a person's number
  --export  writes everything, opened, into a new folder
  --erase   empties what is over
With --config FILE in place of --data: in a kiosk, whose service must be stopped.
`

interface Asked {
  readonly id: string
  readonly data: string
  readonly database: string | undefined
  readonly by: string
  readonly caseNumber: string
  readonly folder: string | undefined
  readonly erase: boolean
}

/** What the province holds on one person: told, written out or erased, and each on record before. */
export async function provincePrivacy(
  args: readonly string[],
  { clock, readId }: { readonly clock: Clock; readonly readId: () => string },
): Promise<PrivacyAnswer> {
  const asked = readArguments(args, readId)
  if (!asked) return { exitCode: 2, text: usage }
  if (!existsSync(join(asked.data, 'keys.json'))) {
    return { exitCode: 1, text: `${asked.data}: no keys of a province\n` }
  }
  if (asked.database === undefined && !existsSync(sqliteStoreFile(asked.data))) {
    return { exitCode: 1, text: `${asked.data}: no store of a province\n` }
  }
  if (asked.folder !== undefined && existsSync(asked.folder)) {
    return { exitCode: 1, text: `${asked.folder} exists already\n` }
  }
  const store = asked.database
    ? await openPostgresStore(asked.database)
    : openSqliteStore(asked.data)
  try {
    return await answer(asked, store, clock)
  } finally {
    await store.close()
  }
}

async function answer(asked: Asked, store: ProvinceStore, clock: Clock): Promise<PrivacyAnswer> {
  const { by, caseNumber } = asked
  if ((await store.users.find(by))?.role !== 'manager') {
    return { exitCode: 1, text: `${by} is no manager of this province\n` }
  }
  const keys = await openKeys(asked.data, true)
  const action = asked.erase ? 'erasePerson' : asked.folder ? 'exportPerson' : 'findPerson'
  const log = (subject: string) =>
    store.accessLog.add({ at: clock().toISOString(), user: by, action, subject })
  await log(`case ${caseNumber}`)
  const held = await findPerson(asked.id, { store, keys })
  for (const { dossier } of held.dossiers) await log(dossier.intakeId)
  if (asked.folder !== undefined) {
    await exportPerson(asked.folder, held, { store, keys, at: clock() })
    return { exitCode: 0, text: `${list(held)}written to ${asked.folder}\n` }
  }
  if (!asked.erase) return { exitCode: 0, text: list(held) }
  return { exitCode: 0, text: list(held) + (await erase(held, store, by, clock)) }
}

async function erase(
  held: HeldOnPerson,
  store: ProvinceStore,
  by: string,
  clock: Clock,
): Promise<string> {
  const lines: string[] = []
  for (const { dossier, content } of held.dossiers) {
    const pages = (content.pages ?? []).map(({ contentHash }) => contentHash)
    const at = clock().toISOString()
    const outcome = await store.erasures.eraseDossier(dossier.intakeId, pages, at, by)
    const told = {
      erased: 'erased',
      alreadyErased: 'erased before',
      notOver: 'KEPT: it is still being dealt with, or an official system has not got it yet',
      unknownDossier: 'gone',
    }[outcome]
    lines.push(`${dossier.intakeId}  ${told}`)
  }
  const sms = await store.erasures.eraseSms(held.sms.map(({ sms: { id } }) => id))
  const waiting = held.sms.length - sms
  lines.push(
    `messages erased: ${sms}${waiting > 0 ? `, KEPT until they are sent: ${waiting}` : ''}`,
  )
  return `${lines.join('\n')}\n`
}

/** Numbers, codes and states: the terminal shows nobody's name. */
function list({ dossiers, sms, results, unreadable }: HeldOnPerson): string {
  const lines = [
    ...dossiers.map(({ dossier, content }) =>
      [
        dossier.intakeId,
        dossier.dossierCode ?? 'not accepted',
        `status ${dossier.status}`,
        `received ${dossier.receivedAt}`,
        `pages ${content.pages?.length ?? 0}`,
      ].join('  '),
    ),
    ...results.map(
      ({ resultId, dossierCode, state }) => `result ${resultId}  ${dossierCode}  ${state}`,
    ),
    `dossiers ${dossiers.length}   messages ${sms.length}   results with a typed phone ${results.length}`,
    ...(unreadable.length > 0 ? [`NOT COMPARED, cannot be opened: ${unreadable.join(', ')}`] : []),
  ]
  return `${lines.join('\n')}\n`
}

function readArguments(args: readonly string[], readId: () => string): Asked | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        data: { type: 'string' },
        database: { type: 'string' },
        by: { type: 'string' },
        case: { type: 'string' },
        export: { type: 'string' },
        erase: { type: 'boolean', default: false },
      },
    })
    const [verb, given, ...more] = positionals
    const { data, database, by, case: caseNumber, export: folder, erase: isErasure } = values
    if (verb !== 'find' || given === undefined || more.length > 0) return undefined
    if (data === undefined || by === undefined || (folder !== undefined && isErasure)) {
      return undefined
    }
    // Nine digits in a row would be somebody's number, in a log that cannot be changed.
    if (!caseNumber || !/^[A-Za-z0-9./-]{1,40}$/.test(caseNumber) || /\d{9}/.test(caseNumber)) {
      return undefined
    }
    const id = (given === '-' ? readId() : given).trim()
    if (id === '') return undefined
    return { id, data, database, by, caseNumber, folder, erase: isErasure }
  } catch {
    return undefined
  }
}
