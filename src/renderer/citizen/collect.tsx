import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { ReaderPicture } from '../ui/reader-picture.tsx'
import { Given } from './given.tsx'
import { TypeIntakeNumber } from './type-intake-number.tsx'

export function Collect({ screen }: ScreenProps<'collect'>) {
  const { text, send } = useKiosk()
  return (
    <Page
      title={text('collect.title')}
      lead={text('collect.lead')}
      problem={screen.problem}
      actions={
        <>
          <TypeIntakeNumber />
          <Button
            testId="type-code"
            onPress={() => send({ path: 'collection.typeCode', input: {} })}
          >
            {text('collect.type')}
          </Button>
        </>
      }
    >
      <ReaderPicture held="code" />
      <Given given={screen} />
    </Page>
  )
}
