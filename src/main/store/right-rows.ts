import type { RightRow, RightStore } from '../flows/store-port.ts'
import type { StoreContext } from './store-context.ts'

type RawRight = Omit<RightRow, 'wrongTries' | 'isOver'> & { readonly expiresRunningMs: number }

type Readers =
  | 'rightById'
  | 'rightByQrHash'
  | 'rightByCodeHash'
  | 'rightOfResult'
  | 'unfinishedOpenings'

const columns = `right_id AS rightId, result_id AS resultId, compartment, state,
  expires_at AS expiresAt, expires_running_ms AS expiresRunningMs`

export function rightRows(
  { db, clock }: StoreContext,
  triesOf: (scope: string) => number,
): Pick<RightStore, Readers> & {
  /** Valid rights behind closed doors whose time is over. */
  overdue(): readonly RightRow[]
} {
  const select = (where: string) =>
    db.prepare<[string], RawRight>(`SELECT ${columns} FROM collection_right WHERE ${where}`)
  const byId = select('right_id = ?')
  const byQr = select('qr_hash = ?')
  // Digits may come again years later: the valid right first, then the newest.
  const byCode = select(`code_hash = ? ORDER BY state = 'valid' DESC, number DESC LIMIT 1`)
  const ofResult = select('result_id = ? ORDER BY number DESC LIMIT 1')
  const expired = db.prepare<[number], RawRight>(
    `SELECT ${columns} FROM collection_right
     WHERE expires_running_ms <= ? AND state = 'valid' AND door = 'closed' ORDER BY number`,
  )
  const open = db.prepare<[], RawRight>(
    `SELECT ${columns} FROM collection_right WHERE door <> 'closed' ORDER BY number`,
  )
  const toRow = ({ expiresRunningMs, ...raw }: RawRight): RightRow => ({
    ...raw,
    isOver: expiresRunningMs <= clock.runningMs(),
    wrongTries: triesOf(`right:${raw.rightId}`),
  })
  const read = (raw: RawRight | undefined) => (raw === undefined ? undefined : toRow(raw))
  return {
    rightById: (rightId) => read(byId.get(rightId)),
    rightByQrHash: (qrHash) => read(byQr.get(qrHash)),
    rightByCodeHash: (codeHash) => read(byCode.get(codeHash)),
    rightOfResult: (resultId) => read(ofResult.get(resultId)),
    unfinishedOpenings: () => open.all().map(toRow),
    overdue: () => expired.all(Math.floor(clock.runningMs())).map(toRow),
  }
}
