import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { TypedPage } from '../ui/typed-page.tsx'

export function OffListSecondPin({ screen }: ScreenProps<'offListSecondPin'>) {
  const { text } = useKiosk()
  const { compartment, input, problem } = screen
  const reason = text(`offList.reason.${screen.reason}`)
  return (
    <TypedPage input={input} problem={problem}>
      <p className="note">{text('offList.secondLead', { compartment, reason })}</p>
    </TypedPage>
  )
}
