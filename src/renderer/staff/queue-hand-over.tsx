import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { TypedPage } from '../ui/typed-page.tsx'

export function QueueHandOver({ screen }: ScreenProps<'queueHandOver'>) {
  const { text } = useKiosk()
  const { sequence, lane } = screen
  return (
    <TypedPage input={screen.input} problem={screen.problem}>
      <p className="note">{text('queueHandOver.warning', { sequence, lane })}</p>
    </TypedPage>
  )
}
