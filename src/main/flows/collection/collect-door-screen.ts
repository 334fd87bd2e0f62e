import type { SnapshotFrom } from 'xstate'
import type { Screen } from '../../../contract/screen.ts'
import type { CollectDoor } from './collect-door.ts'

export function collectDoorScreen(visit: SnapshotFrom<CollectDoor>): Screen {
  const { compartment, door, reason, result } = visit.context
  switch (visit.value) {
    case 'entering':
    case 'unlocking':
    case 'visiting':
      return { name: 'collectDoor', door: { compartment, step: door } }
    case 'notTaken':
      return {
        name: 'collectNotTaken',
        compartment,
        reason,
        canOpenAgain: visit.can({ type: 'OPEN_AGAIN' }),
      }
    case 'incident':
      return { name: 'collectIncident', compartment }
    case 'done':
      return { name: 'collectDone', compartment }
    case 'finished':
      return result === 'taken'
        ? { name: 'collectDone', compartment }
        : { name: 'collectDoor', door: { compartment, step: door } }
  }
}
