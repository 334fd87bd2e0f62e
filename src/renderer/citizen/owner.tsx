import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { ReaderPicture } from '../ui/reader-picture.tsx'

export function Owner({ screen }: ScreenProps<'owner'>) {
  const { text, send } = useKiosk()
  return (
    <Page
      title={text('owner.title')}
      lead={text(`owner.lead.${screen.relation}`)}
      problem={screen.problem}
      actions={
        <Button testId="type-owner" onPress={() => send({ path: 'intake.typeOwner', input: {} })}>
          {text('owner.type')}
        </Button>
      }
    >
      <ReaderPicture held="card" />
    </Page>
  )
}
