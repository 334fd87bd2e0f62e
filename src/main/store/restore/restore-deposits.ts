import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type Message, messageSchema } from '../../../contract/province/message.ts'
import type { JournalEntry } from '../journal-line.ts'
import type { StoreContext } from '../store-context.ts'
import { isRecorded } from './examine-database.ts'
import { restoredReason } from './restoration.ts'

const depositSchema = z.looseObject({
  phoneConfirmed: z.boolean().default(false),
  clockSynchronised: z.boolean().default(false),
})

/**
 * Brings the dossiers back that only the journal still has, within the transaction of a restore: their rows, their
 * pages, and their messages with the same key and bytes, so that the province answers with the receipt that it may
 * have given before. The last bag of a compartment may still lie there; earlier ones have been taken out.
 * @returns compartments in which the last known bag is one of these
 */
export function restoreDeposits(
  context: StoreContext,
  journal: readonly JournalEntry[],
): ReadonlySet<number> {
  const { db } = context
  const at = context.clock.now().toISOString()
  const lost = journal.filter(({ intakeId }) => !isRecorded(db, intakeId))
  const last = new Map(lost.map(({ compartment, intakeId }) => [compartment, intakeId]))
  const exists = db.prepare<[number]>(
    `SELECT 1 FROM compartment WHERE number = ? AND kind = 'drop'`,
  )
  const clear = db.prepare<[string, string]>(
    `UPDATE compartment SET state = 'unknown', reason = ?, intake_id = NULL,
       state_before_emptying = NULL WHERE intake_id = ?`,
  )
  const occupant = db.prepare<[number], { intakeId: string; state: string }>(
    `SELECT intake_id AS intakeId, dossier.state FROM compartment JOIN dossier USING (intake_id)
     WHERE number = ?`,
  )
  const end = db.prepare<[string, string, string, string]>(
    'UPDATE dossier SET state = ?, reason = ?, ended_at = ? WHERE intake_id = ?',
  )
  const freeBag = db.prepare<[string, string, string, string]>(
    `UPDATE dossier SET state = 'abandoned', reason = ?, ended_at = ?, compartment = NULL
     WHERE bag_code = ? AND intake_id <> ? AND state = 'sealed'`,
  )
  const bagOwner = db
    .prepare<[string, string], string>(
      `SELECT intake_id FROM dossier WHERE bag_code = ? AND intake_id <> ? AND state = 'sealed'`,
    )
    .pluck()
  const revive = db.prepare<[Record<string, string | number | null>]>(
    `UPDATE dossier SET state = @state, unlock_sent = 1, deposited_at = @at,
       compartment = @compartment, reason = @reason, ended_at = @endedAt
     WHERE intake_id = @intakeId AND state = 'sealed'`,
  )
  const insert = db.prepare<[Record<string, string | number | null>]>(
    `INSERT INTO dossier (intake_id, state, bag_code, procedure_code, compartment, content_hash,
       sealed, phone_confirmed, language, facts, sealed_at, clock_synchronised, unlock_sent,
       deposited_at, reason, ended_at)
     VALUES (@intakeId, @state, @bagCode, @procedureCode, @compartment, @contentHash, @sealed,
       @phoneConfirmed, 'vi', @facts, @at, @clockSynchronised, 1, @at, @reason, @endedAt)`,
  )
  const occupy = db.prepare<[string, string, number]>(
    `UPDATE compartment SET state = 'unknown', reason = ?, intake_id = ?,
       state_before_emptying = NULL WHERE number = ?`,
  )
  const page = db.prepare<[string, number, number, string]>(
    `INSERT INTO page (content_hash, position, kept_running_ms, intake_id) VALUES (?, ?, ?, ?)
     ON CONFLICT (content_hash) DO UPDATE SET position = excluded.position,
       intake_id = excluded.intake_id, person_hash = NULL, capture_hash = NULL`,
  )
  const count = db.prepare<[string, number]>(
    `UPDATE epoch SET last_intake_number = max(last_intake_number, CAST(? AS INTEGER))
     WHERE epoch = ?`,
  )
  const putMessage = messageWriter(context)

  // First everything that stands in the way of what is known better.
  for (const entry of lost) {
    clear.run(restoredReason, entry.intakeId)
    const owner = bagOwner.get(entry.bagCode, entry.intakeId)
    if (owner !== undefined) clear.run(restoredReason, owner)
    freeBag.run(restoredReason, at, entry.bagCode, entry.intakeId)
  }
  for (const compartment of last.keys()) {
    const before = occupant.get(compartment)
    if (before === undefined) continue
    const isSealed = before.state === 'sealed'
    clear.run(restoredReason, before.intakeId)
    end.run(isSealed ? 'abandoned' : 'collected', restoredReason, at, before.intakeId)
  }
  const claimed = new Set<number>()
  for (const entry of lost) {
    const { intakeId, compartment } = entry
    const inPlace = exists.get(compartment) !== undefined
    const isLast = inPlace && last.get(compartment) === intakeId
    const told = depositSchema.safeParse(bodyOf(entry)).data
    const row = {
      intakeId,
      at: entry.at,
      compartment: inPlace ? compartment : null,
      reason: restoredReason,
      endedAt: isLast ? null : at,
    }
    const revived = revive.run({ ...row, state: isLast ? 'deposited' : 'collected' })
    if (revived.changes === 0) {
      insert.run({
        ...row,
        state: isLast ? 'unknown' : 'collected',
        bagCode: entry.bagCode,
        procedureCode: entry.procedureCode,
        contentHash: entry.contentHash,
        sealed: entry.sealed,
        phoneConfirmed: Number(told?.phoneConfirmed ?? false),
        clockSynchronised: Number(told?.clockSynchronised ?? false),
        // What the slip said is in the citizen's hand and, sealed, at the province.
        facts: JSON.stringify({
          ...{ applicantMasked: '', ownerMasked: '' },
          ...{ procedureName: entry.procedureCode, papers: [] },
        }),
      })
    }
    if (isLast) {
      occupy.run(restoredReason, intakeId, compartment)
      claimed.add(compartment)
    }
    for (const [index, hash] of (entry.pages ?? []).entries()) {
      page.run(hash, index + 1, context.clock.runningMs(), intakeId)
    }
    const [, epoch = '', number = ''] = intakeId.split('-')
    count.run(number, Number(epoch))
    putMessage(entry)
    context.audit('dossier.deposited', { intakeId, compartment, restored: true })
  }
  return claimed
}

function bodyOf({ message }: JournalEntry): unknown {
  return message === undefined ? undefined : JSON.parse(message).body
}

/** The same key and bytes as before where the journal has them and the epoch is known; else a new message. */
function messageWriter({ db, enqueue }: StoreContext) {
  const next = db
    .prepare<[], number>(
      'UPDATE kiosk SET last_sequence = last_sequence + 1 RETURNING last_sequence',
    )
    .pluck()
  const knowsEpoch = db.prepare<[number]>('SELECT 1 FROM epoch WHERE epoch = ?')
  const knowsKey = db.prepare<[string]>('SELECT 1 FROM outbox WHERE key = ?')
  const insert = db.prepare<[number, string, number, string, string, string, string, string]>(
    `INSERT INTO outbox (sequence, key, epoch, lane, kind, payload, body_hash, state, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, 'pending', ?)`,
  )
  return (entry: JournalEntry): void => {
    const message = entry.message === undefined ? undefined : parseMessage(entry.message)
    if (message === undefined || knowsEpoch.get(message.epoch) === undefined) {
      const { intakeId, bagCode, procedureCode, compartment, contentHash, sealed } = entry
      const told = depositSchema.parse(bodyOf(entry) ?? {})
      enqueue({
        kind: 'dossierDeposited',
        lane: intakeId,
        body: {
          ...{ intakeId, bagCode, procedureCode, compartment, contentHash, sealed },
          depositedAt: entry.at,
          phoneConfirmed: told.phoneConfirmed,
          clockSynchronised: told.clockSynchronised,
        },
      })
      return
    }
    if (knowsKey.get(message.key) !== undefined) return
    const payload = entry.message ?? ''
    insert.run(
      next.get() ?? 0,
      message.key,
      message.epoch,
      message.lane,
      message.kind,
      payload,
      createHash('sha256').update(payload, 'utf8').digest('hex'),
      message.at,
    )
  }
}

function parseMessage(text: string): Message | undefined {
  return messageSchema.safeParse(JSON.parse(text)).data
}
