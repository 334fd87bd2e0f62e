import type { ScreenProps } from '../screen-of.ts'
import { DoorPage } from '../ui/door-page.tsx'

export function StockDoor({ screen }: ScreenProps<'stockDoor'>) {
  return <DoorPage journey="stock" door={screen.door} code={screen.dossierCode} />
}
