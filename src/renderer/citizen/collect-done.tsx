import { useEffect } from 'react'
import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { DoneMark } from '../ui/done-mark.tsx'
import { Page } from '../ui/page.tsx'
import { playSignal } from '../ui/sound.ts'

export function CollectDone({ screen }: ScreenProps<'collectDone'>) {
  const { text, send } = useKiosk()
  useEffect(() => playSignal('done'), [])
  return (
    <Page
      tone="good"
      mark={null}
      title={text('collectDone.title')}
      lead={text('collectDone.lead', { number: screen.compartment })}
      actions={
        <Button
          kind="primary"
          testId="finish"
          onPress={() => send({ path: 'collection.finish', input: {} })}
        >
          {text('collectDone.finish')}
        </Button>
      }
    >
      <DoneMark />
    </Page>
  )
}
