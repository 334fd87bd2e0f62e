import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { TypedPage } from '../ui/typed-page.tsx'

export function QueueSecondPin({ screen }: ScreenProps<'queueSecondPin'>) {
  const { text } = useKiosk()
  const values = { sequence: screen.sequence, code: screen.officialCode }
  return (
    <TypedPage input={screen.input} problem={screen.problem}>
      <p className="note">{text('queueSecond.lead', values)}</p>
    </TypedPage>
  )
}
