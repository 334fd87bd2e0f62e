import { useKiosk } from '../api/kiosk-context.ts'
import { Button } from '../ui/button.tsx'

/** For who has the number of the slip and not the slip. */
export function TypeIntakeNumber() {
  const { text, send } = useKiosk()
  return (
    <Button
      testId="type-intake-number"
      onPress={() => send({ path: 'collection.typeIntakeNumber', input: {} })}
    >
      {text('collect.typeNumber')}
    </Button>
  )
}
