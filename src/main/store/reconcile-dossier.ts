import type { StoreContext } from './store-context.ts'

/**
 * `collected` → `reconciled` once the province holds all that this machine knows of the dossier's bag: the word
 * that it was taken out has left the machine, and nothing older of its lane still has to. A message leaves by
 * its receipt, or by the hands of two persons with the official code. From then on the dossier's time until it
 * is forgotten runs. Call inside the transaction in which a message of `lane` left.
 */
export function dossierReconciler({ db, audit }: Pick<StoreContext, 'db' | 'audit'>) {
  const reconcile = db.prepare<[string]>(
    `UPDATE dossier SET state = 'reconciled'
     WHERE intake_id = ? AND state = 'collected' AND EXISTS (
       SELECT 1 FROM outbox AS emptied
       WHERE emptied.lane = dossier.intake_id AND emptied.kind = 'compartmentEmptied'
         AND emptied.state IN ('acknowledged', 'deliveredByHand')
         AND NOT EXISTS (
           SELECT 1 FROM outbox AS older
           WHERE older.lane = emptied.lane AND older.sequence < emptied.sequence
             AND older.state IN ('pending', 'sending', 'parked')))`,
  )
  return (lane: string): void => {
    if (reconcile.run(lane).changes > 0) audit('dossier.reconciled', { intakeId: lane })
  }
}
