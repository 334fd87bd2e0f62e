import type { DoorView } from '../../contract/screen.ts'
import { DoorPage } from '../ui/door-page.tsx'

interface CitizenDoorProps {
  readonly journey: 'deposit' | 'collect'
  readonly door: DoorView
}

/** Nothing to press: the sensors say when the next step comes. */
export function CitizenDoor({ journey, door }: CitizenDoorProps) {
  return <DoorPage journey={journey} door={door} />
}
