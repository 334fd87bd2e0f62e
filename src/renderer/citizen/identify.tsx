import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { ReaderPicture } from '../ui/reader-picture.tsx'

export function Identify({ screen }: ScreenProps<'identify'>) {
  const { text, send } = useKiosk()
  return (
    <Page
      title={text('identify.title')}
      lead={text('identify.lead')}
      problem={screen.problem}
      actions={(['idNumber', 'passport'] as const).map((method) => (
        <Button
          key={method}
          testId={`type-${method}`}
          onPress={() => send({ path: 'intake.typeIdentity', input: { method } })}
        >
          {text(`identify.${method}`)}
        </Button>
      ))}
    >
      <ReaderPicture held="card" />
    </Page>
  )
}
