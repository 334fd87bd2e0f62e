import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { TypedPage } from '../ui/typed-page.tsx'

export function Phone({ screen }: ScreenProps<'phone'>) {
  const { text, send } = useKiosk()
  return (
    <TypedPage
      input={screen.input}
      problem={screen.problem}
      others={
        <Button testId="no-phone" onPress={() => send({ path: 'intake.noPhone', input: {} })}>
          {text('phone.none')}
        </Button>
      }
    />
  )
}
