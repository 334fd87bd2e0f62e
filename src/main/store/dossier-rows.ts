import { timingSafeEqual } from 'node:crypto'
import type { DossierRow, DossierStore } from '../flows/store-port.ts'
import type { StoreContext } from './store-context.ts'

type Flags = 'phoneConfirmed' | 'unlockSent' | 'clockSynchronised' | 'slipSeen'

/** As SQLite has it: flags are 0 or 1, facts are JSON. */
type RawDossier = Omit<DossierRow, Flags | 'facts'> & {
  readonly [K in Flags]: number
} & { readonly facts: string }

interface RawHashes {
  readonly applicant: string | null
  readonly owner: string | null
  readonly secret: string | null
}

const columns = `intake_id AS intakeId, state, bag_code AS bagCode, procedure_code AS procedureCode,
  compartment, content_hash AS contentHash, sealed, phone_confirmed AS phoneConfirmed, language,
  unlock_sent AS unlockSent, deposited_at AS depositedAt, clock_synchronised AS clockSynchronised,
  slip_copies AS slipCopies, slip_seen_copy > 0 AS slipSeen, facts, sms_sealed AS smsSealed`

type Readers =
  | 'dossier'
  | 'dossierByBag'
  | 'unfinishedDossiers'
  | 'isBagUsed'
  | 'isPersonOf'
  | 'isSecretOf'
  | 'personOf'

export function dossierRows({ db }: StoreContext): Pick<DossierStore, Readers> {
  const byId = db.prepare<[string], RawDossier>(
    `SELECT ${columns} FROM dossier WHERE intake_id = ?`,
  )
  const byBag = db.prepare<[string], RawDossier>(
    `SELECT ${columns} FROM dossier WHERE bag_code = ? AND state <> 'abandoned'`,
  )
  const unfinished = db.prepare<[], RawDossier>(
    `SELECT ${columns} FROM dossier WHERE state IN ('sealed', 'deposited') ORDER BY rowid`,
  )
  const hashes = db.prepare<[string], RawHashes>(
    `SELECT applicant_id_hash AS applicant, owner_id_hash AS owner, secret_hash AS secret
     FROM dossier WHERE intake_id = ?`,
  )
  const read = (raw: RawDossier | undefined) => (raw === undefined ? undefined : toRow(raw))
  return {
    dossier: (intakeId) => read(byId.get(intakeId)),
    dossierByBag: (bagCode) => read(byBag.get(bagCode)),
    unfinishedDossiers: () => unfinished.all().map(toRow),
    isBagUsed: (bagCode) => byBag.get(bagCode) !== undefined,
    isPersonOf(intakeId, idHash) {
      const known = hashes.get(intakeId)
      return sameHash(known?.applicant, idHash) || sameHash(known?.owner, idHash)
    },
    personOf: (intakeId) => hashes.get(intakeId)?.applicant ?? undefined,
    isSecretOf: (intakeId, secretHash) => sameHash(hashes.get(intakeId)?.secret, secretHash),
  }
}

function toRow(raw: RawDossier): DossierRow {
  return {
    ...raw,
    phoneConfirmed: raw.phoneConfirmed === 1,
    unlockSent: raw.unlockSent === 1,
    clockSynchronised: raw.clockSynchronised === 1,
    slipSeen: raw.slipSeen === 1,
    facts: JSON.parse(raw.facts),
  }
}

/** No hash (null) is nobody's, not even the empty text's. */
function sameHash(known: string | null | undefined, given: string): boolean {
  if (known === null || known === undefined || known === '') return false
  const a = Buffer.from(known)
  const b = Buffer.from(given)
  return a.length === b.length && timingSafeEqual(a, b)
}
