import type { Intent } from '../../../contract/intent.ts'
import type { Screen } from '../../../contract/screen.ts'
import type { HandOverRecord, HandOverTally } from './hand-over.ts'
import type { OfficerPorts } from './officer.ts'
import type { StaffMember } from './staff-port.ts'

export interface HandOverPrint {
  screen(): Screen
  intend(intent: Intent): boolean
  stop(): void
}

/** Closes the tally: the record goes to the province, and onto paper for two signatures. */
export function printHandOver(
  ports: Pick<OfficerPorts, 'handOver' | 'nowIso' | 'report'>,
  staff: StaffMember,
  tally: HandOverTally,
  host: { changed(): void; done(): void },
): HandOverPrint {
  const counted = tally.current()
  const record: HandOverRecord = {
    recordId: ports.handOver.newId(),
    at: ports.nowIso(),
    staffId: staff.staffId,
    collected: [...counted.collected],
    unreadable: [...counted.unreadable],
    missing: [...counted.missing],
    surplus: [...counted.surplus],
    returned: [...counted.returned],
  }
  let printed: 'printing' | 'printed' | 'notPrinted' = 'printing'
  let stopped = false

  async function print(): Promise<void> {
    printed = 'printing'
    const { outcome } = await ports.handOver.print(record, staff.displayName)
    if (stopped) return
    printed = outcome === 'done' ? 'printed' : 'notPrinted'
    host.changed()
  }

  ports.report({ kind: 'handOver', lane: 'kiosk', body: record })
  tally.clear()
  void print()

  return {
    screen: () => ({
      name: 'handOver',
      counts: {
        collected: record.collected.length,
        unreadable: record.unreadable.length,
        missing: record.missing.length,
        surplus: record.surplus.length,
        returned: record.returned.length,
      },
      printed,
    }),
    intend(intent) {
      if (intent.path === 'officer.printHandOver' && printed === 'notPrinted') void print()
      else if (intent.path === 'officer.handOverDone' && printed !== 'printing') host.done()
      else return false
      return true
    },
    stop() {
      stopped = true
    },
  }
}
