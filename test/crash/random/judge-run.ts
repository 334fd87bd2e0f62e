import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { AuditRow } from '../../../src/main/audit/audit-row.ts'
import { verifyAudit } from '../../../src/main/audit/verify-audit.ts'
import type { KioskKeys } from '../../../src/main/core/keys/kiosk-keys.ts'
import { parseSlipQr } from '../../../src/main/domain/slip-qr.ts'
import { verifySlipQr } from '../../../src/main/domain/verify-slip-qr.ts'
import { databaseFileName } from '../../../src/main/store/connection.ts'
import { journalFileName } from '../../../src/main/store/journal.ts'
import { readJournal } from '../../../src/main/store/journal-reader.ts'
import type { Dossier } from '../../../src/province/store/records/dossier-records.ts'
import type { StoredMessage } from '../../../src/province/store/records/message-records.ts'
import { openingEvents } from '../../journeys/hostile/openings.ts'
import { cards, phones } from '../../support/people.ts'
import type { Wall } from './wall.ts'

export interface Evidence {
  /** Of the last core: `data` and `journal`. */
  readonly folder: string
  /** With all that killed ones left. */
  readonly wholeFolder: string
  readonly wall: Wall
  readonly bags: readonly string[]
  readonly keys: KioskKeys
  readonly dossiers: readonly Dossier[]
  readonly messages: readonly StoredMessage[]
  /** One-time QRs that went to a phone. */
  readonly secrets: readonly string[]
}

/** The judge of the three truths: paper, doors and the province first; the kiosk's own rows only beside them. */
export async function judgeRun(evidence: Evidence): Promise<readonly string[]> {
  const rows = readRows(join(evidence.folder, 'data'))
  return [
    ...rows.damage,
    ...leftInTheMiddle(rows),
    ...(await neverLost(evidence, rows)),
    ...neverDoubled(evidence, rows),
    ...noDoorWithoutRight(evidence, rows),
    ...nothingToSteal(evidence),
  ]
}

type Rows = ReturnType<typeof readRows>
/** A bag lay inside with the door closed: from then on the dossier counts. */
const held = ['deposited', 'slipped', 'collected', 'reconciled', 'disputed']

function readRows(folder: string) {
  const db = new Sqlite(join(folder, databaseFileName), { readonly: true })
  try {
    const all = <T>(sql: string) => db.prepare<[], T>(sql).all()
    const integrity = db.pragma('integrity_check', { simple: true })
    const audit = all<Omit<AuditRow, 'details'> & { readonly details: string }>(
      'SELECT sequence, at, event, details, hash FROM audit ORDER BY sequence',
    ).map((row): AuditRow => ({ ...row, details: JSON.parse(row.details) }))
    return {
      audit,
      dossiers: all<{ intake_id: string; bag_code: string; state: string }>(
        'SELECT intake_id, bag_code, state FROM dossier',
      ),
      compartments: all<{ number: number; state: string }>('SELECT number, state FROM compartment'),
      open: all<{ kind: string; state: string }>(
        `SELECT kind, state FROM outbox WHERE state <> 'acknowledged'`,
      ),
      damage: [
        ...(integrity === 'ok' ? [] : [`integrity_check: ${String(integrity)}`]),
        ...(verifyAudit(audit).ok ? [] : ['the audit chain is broken']),
      ],
    }
  } finally {
    db.close()
  }
}

/** With nobody there and no trouble left, nothing waits for a door or a decision of core's. */
function leftInTheMiddle({ dossiers, compartments }: Rows): readonly string[] {
  const underway = ['reserved', 'emptying', 'assigned', 'opening', 'opened']
  return [
    ...dossiers
      .filter(({ state }) => state === 'sealed')
      .map(({ intake_id }) => `never settled: ${intake_id}`),
    ...compartments
      .filter(({ state }) => underway.includes(state))
      .map(({ number, state }) => `${number} is still ${state}`),
  ]
}

async function neverLost(
  { folder, wall, bags, keys, dossiers, messages }: Evidence,
  rows: Rows,
): Promise<readonly string[]> {
  const wrong: string[] = []
  const atProvince = new Set(dossiers.map(({ intakeId }) => intakeId))
  const journal = await readJournal(join(folder, 'journal', journalFileName))
  const journalled = new Set(journal.entries.map(({ intakeId }) => intakeId))

  for (const qr of slipsOn(wall.papers)) {
    const intakeId = parseSlipQr(qr)?.intakeId ?? ''
    if (!verifySlipQr(qr, [keys.slip]).ok) wrong.push(`a slip that does not verify: ${intakeId}`)
    if (!atProvince.has(intakeId)) wrong.push(`a slip without a dossier: ${intakeId}`)
    if (!journalled.has(intakeId)) wrong.push(`a slip that is not in the journal: ${intakeId}`)
  }
  const disputes = new Set(
    messages.filter(({ kind }) => kind === 'dispute').map(({ lane }) => lane),
  )
  for (const { intake_id, state } of rows.dossiers) {
    if (held.includes(state) && !atProvince.has(intake_id) && !disputes.has(intake_id)) {
      wrong.push(`${state} here and unknown to the province: ${intake_id}`)
    }
  }
  const disputed = new Set(
    rows.dossiers.filter((row) => disputes.has(row.intake_id)).map((row) => row.bag_code),
  )
  const surplus = messages
    .filter(({ kind }) => kind === 'bagSurplus')
    .map(({ bytes }) => String(bytes))
  const known = new Set(dossiers.map(({ bagCode }) => bagCode))
  const stateOf = new Map(rows.compartments.map(({ number, state }) => [number, state]))
  const lost = bags.filter((bag) => {
    if (!wall.wentIn.has(bag) || known.has(bag) || disputed.has(bag)) return false
    if (surplus.some((text) => text.includes(bag))) return false
    const place = wall.placeOf(bag)
    return place === undefined || stateOf.get(place.compartment) === 'empty'
  })
  if (lost.length > 0) wrong.push(`bags that went in and nobody knows of: ${lost.join()}`)
  for (const { compartment, item } of wall.doors) {
    if (item !== undefined && stateOf.get(compartment) === 'empty') {
      wrong.push(`${compartment} counts as empty and holds ${item}`)
    }
  }
  for (const { kind, state } of rows.open) wrong.push(`still ${state} at the end: ${kind}`)
  return wrong
}

function neverDoubled({ wall, dossiers }: Evidence, rows: Rows): readonly string[] {
  const wrong: string[] = []
  const once = (what: string, keys: readonly string[]) => {
    const twice = keys.filter((key, index) => keys.indexOf(key) !== index)
    if (twice.length > 0) wrong.push(`${what} twice: ${twice.join()}`)
  }
  once(
    'a dossier at the province',
    dossiers.map(({ intakeId }) => intakeId),
  )
  once(
    'a bag at the province',
    dossiers.map(({ bagCode }) => bagCode),
  )
  once('a result handed out', detailsOf(rows, 'collection.taken', 'resultId'))
  const here = new Map(rows.dossiers.map((row) => [row.intake_id, row.state]))
  for (const { intakeId, bagCode } of dossiers) {
    const state = here.get(intakeId)
    if (state === undefined || !held.includes(state)) {
      wrong.push(`at the province and ${state} here: ${intakeId}`)
    }
    if (!wall.wentIn.has(bagCode)) wrong.push(`a dossier whose bag was never inside: ${bagCode}`)
  }
  return wrong
}

function noDoorWithoutRight({ wall }: Evidence, rows: Rows): readonly string[] {
  const wrong = [...wall.broken]
  for (const { compartment } of wall.doors) {
    const pulses = wall.pulses.filter((one) => one === compartment).length
    const onRecord = rows.audit.filter(
      ({ event, details }) => openingEvents.has(event) && details.compartment === compartment,
    ).length
    if (pulses > onRecord) wrong.push(`${compartment}: ${pulses} pulses, ${onRecord} on record`)
  }
  return wrong
}

function nothingToSteal({ wholeFolder, secrets }: Evidence): readonly string[] {
  const needles = [
    ...Object.values(cards).flatMap((card) => [
      card.split('|')[0],
      card.split('|').find((field) => /\p{L} /u.test(field)),
    ]),
    ...Object.values(phones),
    ...secrets,
  ].filter((needle) => needle !== undefined)
  return filesBelow(wholeFolder).flatMap((file) => {
    const bytes = readFileSync(file)
    return needles
      .filter((needle) => bytes.includes(needle))
      .map((needle) => `${needle} in ${file}`)
  })
}

function detailsOf(rows: Rows, event: string, key: string): readonly string[] {
  return rows.audit.filter((row) => row.event === event).map(({ details }) => String(details[key]))
}

function slipsOn(papers: readonly string[]): readonly string[] {
  return papers.flatMap((paper) => {
    const content = JSON.parse(paper) as { kind: string; qrPayload?: string }
    return /^(slip|reprint)$/.test(content.kind) ? [content.qrPayload ?? ''] : []
  })
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
}
