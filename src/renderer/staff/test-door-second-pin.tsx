import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { TypedPage } from '../ui/typed-page.tsx'

export function TestDoorSecondPin({ screen }: ScreenProps<'testDoorSecondPin'>) {
  const { text } = useKiosk()
  const { compartment, input, problem } = screen
  return (
    <TypedPage input={input} problem={problem}>
      <p className="note">{text('testDoorSecond.lead', { compartment })}</p>
    </TypedPage>
  )
}
