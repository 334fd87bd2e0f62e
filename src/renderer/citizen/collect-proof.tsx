import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Page } from '../ui/page.tsx'
import { ReaderPicture } from '../ui/reader-picture.tsx'
import { TypeIntakeNumber } from './type-intake-number.tsx'

export function CollectProof({ screen }: ScreenProps<'collectProof'>) {
  const { text } = useKiosk()
  return (
    <Page
      title={text('collectProof.title')}
      lead={text('collectProof.lead')}
      problem={screen.problem}
      actions={<TypeIntakeNumber />}
    >
      <ReaderPicture held="card" />
    </Page>
  )
}
