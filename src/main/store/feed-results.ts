import type { dossierStates } from '../domain/dossier.ts'
import type { FeedAppliers } from './feed-appliers.ts'
import type { StoreContext } from './store-context.ts'

interface KnownResult {
  readonly resultId: string
  readonly dossierCode: string
  readonly intakeId: string | null
  readonly procedureCode: string
  readonly assurance: string
  readonly phoneConfirmed: number
  readonly size: string
  readonly what: string
  readonly keepDays: number
}

/** The province cannot know of a dossier that was never in the machine. */
const neverHeld: ReadonlySet<string> = new Set(['sealed', 'abandoned'])

export function feedResults(context: StoreContext): Pick<FeedAppliers, 'results' | 'statuses'> {
  const { db, audit } = context
  const stateOf = db
    .prepare<[string], (typeof dossierStates)[number]>(
      'SELECT state FROM dossier WHERE intake_id = ?',
    )
    .pluck()
  const known = db.prepare<[string], KnownResult>(
    `SELECT result_id AS resultId, dossier_code AS dossierCode, intake_id AS intakeId,
       procedure_code AS procedureCode, assurance, phone_confirmed AS phoneConfirmed, size, what,
       keep_days AS keepDays
     FROM result WHERE result_id = ?`,
  )
  const insert = db.prepare<[KnownResult]>(
    `INSERT INTO result (result_id, dossier_code, intake_id, procedure_code, assurance,
       phone_confirmed, size, what, keep_days, state)
     VALUES (@resultId, @dossierCode, @intakeId, @procedureCode, @assurance, @phoneConfirmed,
       @size, @what, @keepDays, 'announced')`,
  )
  const status = db.prepare<[number, string, string | null, string]>(
    `UPDATE dossier SET province_status = ?, province_status_at = ?,
       dossier_code = coalesce(?, dossier_code)
     WHERE intake_id = ?`,
  )
  const refusalFor = (intakeId: string) => {
    const state = stateOf.get(intakeId)
    if (state === undefined) return 'UNKNOWN_REFERENCE'
    return neverHeld.has(state) ? 'CONFLICT' : undefined
  }
  return {
    results(item) {
      const refusal = item.intakeId === undefined ? undefined : refusalFor(item.intakeId)
      if (refusal !== undefined) return refusal
      const row: KnownResult = {
        resultId: item.resultId,
        dossierCode: item.dossierCode,
        intakeId: item.intakeId ?? null,
        procedureCode: item.procedureCode,
        assurance: item.assurance,
        phoneConfirmed: Number(item.phoneConfirmed),
        size: item.size,
        what: item.what ?? 'result',
        keepDays: item.keepDays,
      }
      const before = known.get(item.resultId)
      if (before !== undefined) return same(before, row) ? undefined : 'CONFLICT'
      insert.run(row)
      audit('result.announced', { resultId: item.resultId, intakeId: row.intakeId })
      return undefined
    },
    statuses(item) {
      const refusal = refusalFor(item.intakeId)
      if (refusal !== undefined) return refusal
      status.run(item.status, item.at, item.dossierCode ?? null, item.intakeId)
      audit('dossier.provinceStatus', { intakeId: item.intakeId, status: item.status })
      return undefined
    },
  }
}

function same(a: KnownResult, b: KnownResult): boolean {
  return (Object.keys(b) as (keyof KnownResult)[]).every((key) => a[key] === b[key])
}
