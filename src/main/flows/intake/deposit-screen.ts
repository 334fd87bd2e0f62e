import type { SnapshotFrom } from 'xstate'
import type { Screen } from '../../../contract/screen.ts'
import type { Deposit } from './deposit.ts'
import type { SlipViews } from './slip-view.ts'

export function depositScreen(deposit: SnapshotFrom<Deposit>, slips: SlipViews): Screen {
  const { compartment, door, intakeId, smsQueued, note, output } = deposit.context
  switch (deposit.value) {
    case 'entering':
    case 'visiting':
    case 'moving':
      return { name: 'depositDoor', door: { compartment, step: door } }
    case 'missing':
      return { name: 'depositMissing', compartment }
    case 'committing':
      return { name: 'depositDoor', door: { compartment, step: 'checking' } }
    case 'printing':
      return { name: 'slipPrinting', slip: slips.view(intakeId) }
    case 'slipFailed':
      return {
        name: 'slipFailed',
        slip: slips.view(intakeId),
        smsQueued,
        canPrintAgain: slips.canPrint(),
      }
    case 'abandoned':
      return {
        name: 'intakeAbandoned',
        reason: output?.result === 'abandoned' ? output.reason : 'nothingInside',
      }
    case 'incident':
      return { name: 'intakeIncident', intakeId, compartment, notePrinted: note }
    case 'finished':
      return { name: 'slipPrinting', slip: slips.view(intakeId) }
  }
}
