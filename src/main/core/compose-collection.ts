import type { ActivityHost } from '../flows/activity.ts'
import { createCollectDoor } from '../flows/collection/collect-door.ts'
import { type CollectionStart, createCollection } from '../flows/collection/collection.ts'
import type { KioskBasics } from './kiosk-basics.ts'
import type { KioskParts } from './kiosk-parts.ts'

/** Handing out: from the code to the taken result. */
export function composeCollection(parts: KioskParts, basics: KioskBasics) {
  const { limits } = parts.config
  const { flow, doors, secrets, doorVisit, nowIso } = basics
  const doorReady = (compartment: number) => {
    const { door, item } = doors.sensors(compartment)
    const { state } = flow.compartment(compartment)
    return door === 'closed' && item === 'present' && state === 'stocked'
  }
  const collectDoor = createCollectDoor({
    store: flow,
    doorVisit,
    nowIso,
    mayOpen(rightId, compartment) {
      const right = flow.rightById(rightId)
      return right?.state === 'valid' && !right.isOver && doorReady(compartment)
    },
    maxOpenings: 3,
  })
  const ports = {
    kioskId: parts.config.kioskId,
    clock: parts.clock,
    store: flow,
    secrets,
    collectDoor,
    limits: {
      triesPerRight: limits.codeAttempts,
      triesPerPerson: limits.codeAttemptsPerPerson,
      triesPerHour: limits.codeAttemptsPerHour,
    },
    doorReady,
    onScreen: parts.screenMark.note,
  }
  return {
    collectDoor,
    start: (host: ActivityHost, from: CollectionStart) => createCollection(ports, host, from),
  }
}
