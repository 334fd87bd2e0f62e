import type { ScreenProps } from '../screen-of.ts'
import { DoorPage } from '../ui/door-page.tsx'

/** A result that somebody may still collect: what the sensor sees at the end decides. */
export function OffListDoor({ screen }: ScreenProps<'offListDoor'>) {
  return <DoorPage journey="offList" door={screen.door} code={screen.dossierCode} />
}
