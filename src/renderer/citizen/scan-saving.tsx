import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { LockMark } from '../ui/lock-mark.tsx'
import { Page } from '../ui/page.tsx'

export function ScanSaving({ screen }: ScreenProps<'scanSaving'>) {
  const { text } = useKiosk()
  const isSaving = screen.done < screen.pages
  return (
    <Page
      title={text(isSaving ? 'scanSaving.title' : 'scanSaving.checking')}
      lead={text('scanSaving.lead')}
    >
      <LockMark />
      {screen.pages > 0 && (
        <p className="scan-count" role="status">
          {text('scanSaving.count', { done: screen.done, pages: screen.pages })}
        </p>
      )}
    </Page>
  )
}
